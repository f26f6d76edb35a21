# What SecretManagement calls. The assembly is not the parent module's: with one for both, importing the module twice would put our Get-Secret before
# SecretManagement's. It is nested and not the root, because a root outside of the manifest's folder does not pass Test-ModuleManifest.
@{
    NestedModules        = @('../Bitwarden.SecretManagement.dll')
    ModuleVersion        = '1.0'
    GUID                 = '0a2f4d0c-5b60-4c0e-8f70-3f7e0f4a6a51'
    Author               = 'The Bitwarden for PowerShell contributors'
    Description          = 'SecretManagement vault commands of the module Bitwarden.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Get-Secret', 'Get-SecretInfo', 'Remove-Secret', 'Set-Secret', 'Set-SecretInfo',
        'Test-SecretVault', 'Unlock-SecretVault', 'Unregister-SecretVault'
    )
}
