# What Import-Module takes inside a fresh process.
$watch = [Diagnostics.Stopwatch]::StartNew()
Import-Module $env:BENCH_MODULE
"import $($watch.Elapsed.TotalMilliseconds)"
