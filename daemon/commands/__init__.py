"""The commands of the contract, one file each: arguments in, exit code out.

They and `office` are the only modules of the daemon that import `config`.
"""
