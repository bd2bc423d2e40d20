"""What is printed: claim slips, their codes and PINs in papers that travel apart, and cards. Fifty in a file."""
