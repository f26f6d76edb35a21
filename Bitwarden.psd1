# The only place the version is written. In a checkout, where no assembly lies beside this manifest, a script imports what was built, or says that nothing
# was. The build writes the manifest of out/Bitwarden: a line with "built:" is there what follows the word.
@{
    RootModule = 'Bitwarden.psm1' # built: RootModule           = 'Bitwarden.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b0f3c0e-8a4d-4c52-9d1e-6a7c1f2b9e34'
    Author               = 'The Bitwarden for PowerShell contributors'
    CompanyName          = 'Community'
    Copyright            = 'MIT license'
    Description          = 'A native Bitwarden client for PowerShell: API key login, in-process vault, SecretManagement extension. Needs no bw executable. Not affiliated with Bitwarden Inc.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    # built: NestedModules        = @('./Bitwarden.Extension/Bitwarden.Extension.psd1')
    HelpInfoUri          = 'https://bitwarden-powershell.example.org/docs/'
    # built: FormatsToProcess     = @('Bitwarden.Format.ps1xml')
    # built: TypesToProcess       = @('Bitwarden.Types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Add-BwAttachment'
        'Add-BwSshKey'
        'Connect-BwAccount'
        'Connect-BwApiKey'
        'Copy-BwItem'
        'Copy-BwSecret'
        'Disconnect-BwSession'
        'Expand-BwTemplate'
        'Export-BwSession'
        'Export-BwVault'
        'Get-BwAccount'
        'Get-BwApiKey'
        'Get-BwApiKeyChallenge'
        'Get-BwAttachment'
        'Get-BwCollection'
        'Get-BwFolder'
        'Get-BwItem'
        'Get-BwOrganization'
        'Get-BwReference'
        'Get-BwSecret'
        'Get-BwSession'
        'Get-BwTotp'
        'Import-BwSession'
        'Import-BwVault'
        'Lock-BwVault'
        'Move-BwItem'
        'New-BwFolder'
        'New-BwItem'
        'New-BwPassphrase'
        'New-BwPassword'
        'New-BwUserName'
        'Open-BwItem'
        'Register-BwSecretVault'
        'Open-BwVault'
        'Remove-BwAttachment'
        'Remove-BwFolder'
        'Remove-BwItem'
        'Remove-BwSshKey'
        'Reset-BwApiKey'
        'Resolve-BwReference'
        'Restore-BwItem'
        'Save-BwVault'
        'Select-BwSession'
        'Set-BwFolder'
        'Set-BwItem'
        'Set-BwPipelineVariable'
        'Sync-BwVault'
        'Test-BwConnection'
        'Test-BwVault'
        'Unlock-BwVault'
        'Update-BwAttachment'
        'Use-BwSecret'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('Bitwarden', 'Vaultwarden', 'SecretManagement', 'Secrets', 'Vault', 'PSEdition_Core', 'Linux', 'Windows', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            # Where the project is on the web. There is no public repository yet: the name is one of those that nobody can register, so that no stranger
            # can answer there. The addresses of help pages are made of it.
            ProjectUri   = 'https://bitwarden-powershell.example.org/'
            ReleaseNotes = 'https://bitwarden-powershell.example.org/CHANGELOG.md'
        }
    }
}
