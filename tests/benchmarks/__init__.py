"""What hopthu costs, beside something that everybody knows: ratios, never seconds.

Each bench is a module with `run(scale)`; `make bench` prints what they found beside
the marks. No bench fails for being slow, each fails for being wrong.
"""
