"""Sources beside a ticket that come with Yizhan, one folder each."""
