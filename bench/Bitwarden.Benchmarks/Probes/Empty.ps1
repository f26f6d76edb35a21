# The memory of a PowerShell that does nothing else.
"peak $([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1e6)"
