"""What `yizhan eval` measures, one module each.

A module has ``HELP``, ``add(parser)``, ``run(args, config)`` and may have ``show(result)``, as a command has.
"""
