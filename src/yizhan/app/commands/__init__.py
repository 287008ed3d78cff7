"""The commands of `yizhan`, one module each."""
