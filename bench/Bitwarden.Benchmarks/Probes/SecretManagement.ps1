# Get-Secret and Get-SecretInfo with our vault and with SecretStore in turn. The home directory is a throwaway one.
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
Import-Module $env:BENCH_MODULE
Reset-SecretStore -Authentication None -Interaction None -Force -Confirm:$false -WarningAction Ignore
Register-SecretVault Store -ModuleName Microsoft.PowerShell.SecretStore -AllowClobber
Register-SecretVault Bench -ModuleName $env:BENCH_MODULE -AllowClobber
$null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
Unlock-BwVault

# A vault that does nothing but write rows that are ready: what SecretManagement and PowerShell need by themselves.
$functions = 'Get-Secret', 'Get-SecretInfo', 'Set-Secret', 'Remove-Secret', 'Test-SecretVault'
$extension = New-Item -ItemType Directory -Force "$HOME/Ready/Ready.Extension"
$body = '{ param($Name, $Filter, $Secret, $VaultName, $AdditionalParameters) [AppDomain]::CurrentDomain.GetData("ready") }'
Set-Content "$extension/Ready.Extension.psm1" ($functions | ForEach-Object { "function $_ $body" })
New-ModuleManifest "$extension/Ready.Extension.psd1" -RootModule Ready.Extension.psm1 -FunctionsToExport $functions
New-ModuleManifest "$HOME/Ready/Ready.psd1" -NestedModules ./Ready.Extension
Register-SecretVault Ready -ModuleName $HOME/Ready -AllowClobber
$names = (Get-BwItem -Type Login | Where-Object Password | Select-Object -First 50).UniqueName
foreach ($name in $names) { Set-Secret $name 'a secret' -Vault Store }
$watch = [Diagnostics.Stopwatch]::new()
function Measure-Line([string] $Name, [scriptblock] $Script) {
    $watch.Restart()
    $null = & $Script
    "$Name $($watch.Elapsed.TotalMilliseconds)"
}

# SecretManagement's own first call is in neither.
$null = Get-SecretInfo -Name nothing
foreach ($round in 0..5) {
    Measure-Line ($round ? 'list' : 'list-first') { Get-SecretInfo -Vault Bench }
    Measure-Line ($round ? 'list-store' : 'list-store-first') { Get-SecretInfo -Vault Store }
}
[AppDomain]::CurrentDomain.SetData('ready', @(Get-SecretInfo -Vault Bench))
foreach ($round in 0..5) {
    Measure-Line ($round ? 'complete' : 'complete-first') { TabExpansion2 'Get-Secret -Vault Bench -Name ' 30 }
    Measure-Line ($round ? 'complete-ready' : 'complete-ready-first') { TabExpansion2 'Get-Secret -Vault Ready -Name ' 30 }
}
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
