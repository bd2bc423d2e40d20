"""What `puente bench` runs: our cases beside named peers, interleaved in one run. Never imported by the product."""
