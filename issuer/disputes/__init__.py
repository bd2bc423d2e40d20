"""Disputes: a holder says that a pass of hers is wrong; two people decide; she asks for the answer with her ticket."""
