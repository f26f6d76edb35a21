# A block with ten variables from references, and the same block by itself, in turn. The vault is unlocked.
Import-Module $env:BENCH_MODULE
$null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
Unlock-BwVault
$environment = @{}
foreach ($number in 1..10) { $environment["BENCH_$number"] = "bw://$env:BENCH_ITEM#password" }
$block = { $env:BENCH_10.Length }
$watch = [Diagnostics.Stopwatch]::new()
foreach ($round in 0..200) {
    $watch.Restart()
    $null = Use-BwSecret -Environment $environment $block
    $used = $watch.Elapsed.TotalMilliseconds
    $watch.Restart()
    $null = & $block
    $alone = $watch.Elapsed.TotalMilliseconds
    if ($round -eq 0) { "first $used" } else { "used $used"; "alone $alone" }
}
