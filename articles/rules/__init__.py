"""The newsroom's rules: time, permission, rights, states, addresses, and the values they work on.

Pure: functions of their arguments, with no database and no clock; everything above may ask them.
"""
