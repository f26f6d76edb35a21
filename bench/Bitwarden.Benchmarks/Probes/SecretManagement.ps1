# Get-Secret with our vault and with SecretStore in turn. The home directory is a throwaway one.
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
Import-Module $env:BENCH_MODULE
Reset-SecretStore -Authentication None -Interaction None -Force -Confirm:$false -WarningAction Ignore
Register-SecretVault Store -ModuleName Microsoft.PowerShell.SecretStore -AllowClobber
Register-SecretVault Bench -ModuleName $env:BENCH_MODULE -AllowClobber
$null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
Unlock-BwVault
$names = (Get-BwItem -Type Login | Where-Object Password | Select-Object -First 50).UniqueName
foreach ($name in $names) { Set-Secret $name 'a secret' -Vault Store }
$watch = [Diagnostics.Stopwatch]::new()
foreach ($round in 0..4) {
    foreach ($name in $names) {
        $watch.Restart()
        $null = Get-Secret $name -Vault Bench
        $ours = $watch.Elapsed.TotalMilliseconds
        $watch.Restart()
        $null = Get-Secret $name -Vault Store
        if ($round) {
            "ours $ours"
            "store $($watch.Elapsed.TotalMilliseconds)"
        }
    }
}
