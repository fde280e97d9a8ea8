"""SKM, the public satisfaction survey."""
