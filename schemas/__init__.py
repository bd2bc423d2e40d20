"""The words: wire shapes, pinned contexts, tables of codes and types. Knows no verb and raises no error of ours."""
