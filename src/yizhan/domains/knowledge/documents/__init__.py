"""Documents of other programs, read as articles: Markdown, HTML, Word and PDF.

``python -m yizhan.domains.knowledge.documents`` reads one in a confined process (see
``kernel/confined``): an :class:`~yizhan.domains.knowledge.documents.types.Order` on standard input, a
:class:`~yizhan.domains.knowledge.documents.types.Parsed` or
:class:`~yizhan.domains.knowledge.documents.types.Refused` on standard output. Nothing here fetches
anything: what a document only points at is left out and said.
"""
