"""Notices: people are told of an announced revocation and have their days; what the clock ends; a suspension by one."""
