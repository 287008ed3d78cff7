"""What tests share: a desk in one process, factories, waiting without sleeping for luck."""
