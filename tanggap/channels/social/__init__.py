"""Facebook, Instagram and X: words under posts, and private messages."""
