"""Skills that come with Yizhan, one folder each."""
