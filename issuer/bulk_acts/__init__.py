"""Acts on many credentials at once: chosen, tried, proposed, approved by another person, done chunk by chunk."""
