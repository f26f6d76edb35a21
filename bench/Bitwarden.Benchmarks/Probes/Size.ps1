# What the size of a vault decides, all in one process. Memory first: everything later only adds to it.
$ErrorActionPreference = 'Stop'
$watch = [Diagnostics.Stopwatch]::new()
function Measure-Once([string] $Name, [scriptblock] $Work, [int] $Count = 1) {
    $watch.Restart()
    & $Work
    "$Name $($watch.Elapsed.TotalMilliseconds / $Count)"
}
function Get-Heap {
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    [GC]::GetTotalMemory($true) / 1e6
}
$null = Measure-Once warm-up { }

Import-Module $env:BENCH_MODULE
$before = Get-Heap
$null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
Measure-Once unlock-first { Unlock-BwVault }
"peak $([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1e6)"
"heap $((Get-Heap) - $before)"

Measure-Once list-first { $null = Get-BwItem }
Measure-Once wildcard-first { $null = Get-BwItem item-0001* }
foreach ($round in 1..3) {
    Measure-Once list { $null = Get-BwItem }
    Measure-Once wildcard { $null = Get-BwItem item-0001* }
}

# 1,000 names, spread over the vault; with the same calls of a cmdlet that does nothing beside them.
$items = @(Get-BwItem)
$some = foreach ($i in 0..999) { $items[($i * 7919) % $items.Count] }
$names = $some.UniqueName
$null = $names | Get-BwSecret
foreach ($round in 1..4) {
    Measure-Once pipeline { $null = $names | Get-BwSecret } 1000
    Measure-Once pipeline-floor { $null = $names | Write-Output } 1000
    Measure-Once single { foreach ($name in $names) { $null = Get-BwSecret $name } } 1000
    Measure-Once single-floor { foreach ($name in $names) { $null = Write-Output $name } } 1000
    Measure-Once by-id { foreach ($item in $some[0..199]) { $null = Get-BwItem -Id $item.Id } } 200
    Measure-Once by-name { foreach ($name in $names[0..49]) { $null = Get-BwItem $name } } 50
}

# Against the request alone, made by another client, and the derivation alone.
Add-Type -Path $env:BENCH_ASSEMBLY
$raw = [Bitwarden.Benchmarks.SyncProbe]::new()
"bytes $($raw.Fetch() / 1e6)"
$password = [Text.Encoding]::UTF8.GetBytes('correct horse battery staple')
$salt = [Text.Encoding]::UTF8.GetBytes('bench@example.org')
$items = $some = $null
foreach ($round in 1..([int] $env:BENCH_ROUNDS)) {
    Disconnect-BwSession -All
    $null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
    [GC]::Collect()
    Measure-Once unlock { Unlock-BwVault }
    Measure-Once kdf { $null = [Security.Cryptography.Rfc2898DeriveBytes]::Pbkdf2($password, $salt, 600000, 'SHA256', 32) }
    [GC]::Collect()
    Measure-Once raw { $null = $raw.Fetch() }
    [GC]::Collect()
    Measure-Once sync { $null = Sync-BwVault -Force }
    Measure-Once sync-unforced { $null = Sync-BwVault }
    $raw.ChangeOneItem()
    # The server writes the new item once, before anybody's time counts.
    $null = $raw.Fetch()
    [GC]::Collect()
    Measure-Once sync-one { $null = Sync-BwVault -Force }
}
