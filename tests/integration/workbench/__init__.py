"""The pools of the workbench with the programs that they start."""
