# Source manifest, and the only place the version is written. Paths in it are relative to the built module, out/Bitwarden.
@{
    RootModule           = 'Bitwarden.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b0f3c0e-8a4d-4c52-9d1e-6a7c1f2b9e34'
    Author               = 'The Bitwarden for PowerShell contributors'
    CompanyName          = 'Community'
    Copyright            = 'MIT license'
    Description          = 'A native Bitwarden client for PowerShell: API key login, in-process vault, SecretManagement extension. Needs no bw executable. Not affiliated with Bitwarden Inc.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    NestedModules        = @('./Bitwarden.Extension/Bitwarden.Extension.psd1')
    HelpInfoUri          = 'https://bitwarden-powershell.example.org/docs/'
    FormatsToProcess     = @('Bitwarden.Format.ps1xml')
    TypesToProcess       = @('Bitwarden.Types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Connect-BwAccount'
        'Connect-BwApiKey'
        'Disconnect-BwSession'
        'Export-BwSession'
        'Get-BwAccount'
        'Get-BwApiKey'
        'Get-BwApiKeyChallenge'
        'Get-BwItem'
        'Get-BwSecret'
        'Get-BwSession'
        'Import-BwSession'
        'Lock-BwVault'
        'Reset-BwApiKey'
        'Select-BwSession'
        'Sync-BwVault'
        'Test-BwConnection'
        'Test-BwVault'
        'Unlock-BwVault'
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
