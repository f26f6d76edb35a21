# Writes one secret of each type, waits until somebody else has edited them, and tells what Get-Secret makes of them.
param([string] $Module, [string] $Authority, [string] $Folder)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module Microsoft.PowerShell.SecretManagement -ListAvailable)) { exit 3 }
Import-Module Microsoft.PowerShell.SecretManagement, $Module
$null = Connect-BwApiKey -CertificateAuthority $Authority
Unlock-BwVault
Register-SecretVault Work -ModuleName $Module
function Get-Secure([string] $Text) { [Net.NetworkCredential]::new('', $Text).SecurePassword }
function Show($Value) {
    if ($Value -is [byte[]]) { "Byte[] $Value" }
    elseif ($Value -is [securestring]) { "SecureString $([Net.NetworkCredential]::new('', $Value).Password)" }
    elseif ($Value -is [pscredential]) { "PSCredential $($Value.UserName) $($Value.GetNetworkCredential().Password)" }
    else { "$($Value.GetType().Name) " + (($Value.Keys | Sort-Object | ForEach-Object { "$_=$(Show $Value[$_])" }) -join '; ') }
}
$secrets = [ordered]@{
    'set text'       = "two`nlines ü"
    'set secure'     = Get-Secure 'secure ü'
    'set credential' = [pscredential]::new('ada', (Get-Secure 'pass ü'))
    'set bytes'      = [byte[]](0, 1, 255)
    'set table'      = @{ user = 'sql ü'; raw = [byte[]](1, 2); login = [pscredential]::new('eve', (Get-Secure 'inner')) }
}
foreach ($name in $secrets.Keys) { Set-Secret $name -Secret $secrets[$name] -Vault Work }
$null = New-Item "$Folder/written"
for ($i = 0; -not (Test-Path "$Folder/edited"); $i++) {
    if ($i -gt 1000) { throw 'Nobody edited anything.' }
    Start-Sleep -Milliseconds 100
}
Sync-BwVault -Force
foreach ($name in $secrets.Keys) { "${name}: $(Show (Get-Secret $name -Vault Work))" -replace "`n", '\n' }
