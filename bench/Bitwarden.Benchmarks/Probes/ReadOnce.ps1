# All of it once: import, connect, unlock, read.
Import-Module $env:BENCH_MODULE
$null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
Unlock-BwVault
$null = Get-BwSecret $env:BENCH_ITEM
