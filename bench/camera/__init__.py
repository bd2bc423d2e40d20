"""`puente bench camera`: what is read of our codes under bad conditions, beside peers; how fast the page is."""
