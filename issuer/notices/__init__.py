"""Notices: people are told of an announced revocation and have their days, or of a suspension; what the clock ends."""
