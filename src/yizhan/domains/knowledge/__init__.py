"""Articles: in languages, for audiences, with every version that there ever was.

* An article is one thing in several languages. Each language has its own state and versions.
* A version is never changed. Saving adds one, and so does bringing an old one back.
* Customers see the published version and nothing later.
* Who may see an article is decided by one rule, in ``audience``: the same in lists, in the search and
  for files.
"""
