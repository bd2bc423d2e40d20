"""Pick-ups: a claim code and a PIN become a holder's own copies."""
