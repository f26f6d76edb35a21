# 10,000 calls of Get-BwSecret, each timed: over all items of the vault, or of one item.
Import-Module $env:BENCH_MODULE
$null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
Unlock-BwVault
$names = @($env:BENCH_ITEM ? $env:BENCH_ITEM : (Get-BwItem).UniqueName)
$times = [double[]]::new(10000)
$watch = [Diagnostics.Stopwatch]::new()
for ($i = 0; $i -lt $times.Length; $i++) {
    $name = $names[$i % $names.Length]
    $watch.Restart()
    $null = Get-BwSecret $name
    $times[$i] = $watch.Elapsed.TotalMilliseconds
}
"first $($times[0])"
[Array]::Sort($times)
"median $($times[5000])"
"p99 $($times[9900])"
