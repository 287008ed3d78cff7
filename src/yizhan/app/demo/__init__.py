"""The demo workspace: an invented electronics brand, its people and six weeks of its customers.

``corpus`` reads our own stories, ``plan`` turns them into a timetable (pure, the same for a seed),
``build`` performs it through the services, step by step, so that an interrupted run is continued.
"""
