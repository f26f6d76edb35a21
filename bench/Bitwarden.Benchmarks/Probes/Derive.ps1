# The first Argon2id derivation of a process, and later ones.
Import-Module $env:BENCH_MODULE
Add-Type -Path $env:BENCH_ASSEMBLY
[Bitwarden.Benchmarks.KdfProbe]::Derive(10) | ForEach-Object { "derive $_" }
