BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $folder = Get-ModuleFolder
    $manifest = Import-PowerShellDataFile (Join-Path $folder Bitwarden.psd1)
    $extension = Import-PowerShellDataFile (Join-Path $folder Bitwarden.Extension/Bitwarden.Extension.psd1)
    $cmdlets = @(
        'Add-BwAttachment', 'Add-BwSshKey', 'Connect-BwAccount', 'Connect-BwApiKey', 'Copy-BwItem', 'Copy-BwSecret',
        'Disconnect-BwSession', 'Expand-BwTemplate', 'Export-BwSession', 'Export-BwVault', 'Get-BwAccount', 'Get-BwApiKey',
        'Get-BwApiKeyChallenge', 'Get-BwAttachment', 'Get-BwCollection', 'Get-BwFolder', 'Get-BwItem',
        'Get-BwOrganization', 'Get-BwReference', 'Get-BwSecret', 'Get-BwSession', 'Get-BwTotp', 'Import-BwSession', 'Import-BwVault',
        'Lock-BwVault', 'Move-BwItem', 'New-BwFolder', 'New-BwItem', 'New-BwPassphrase', 'New-BwPassword',
        'New-BwUserName', 'Open-BwItem', 'Open-BwVault', 'Register-BwSecretVault', 'Remove-BwAttachment',
        'Remove-BwFolder', 'Remove-BwItem', 'Remove-BwSshKey', 'Reset-BwApiKey', 'Resolve-BwReference', 'Restore-BwItem', 'Save-BwVault',
        'Select-BwSession', 'Set-BwFolder', 'Set-BwItem', 'Set-BwPipelineVariable', 'Sync-BwVault', 'Test-BwConnection',
        'Test-BwVault', 'Unlock-BwVault', 'Update-BwAttachment', 'Use-BwSecret')
    $vaultCmdlets = 'Get-Secret', 'Get-SecretInfo', 'Remove-Secret', 'Set-Secret', 'Set-SecretInfo', 'Test-SecretVault',
        'Unlock-SecretVault', 'Unregister-SecretVault'

    function Get-CmdletOf([string] $Assembly) {
        $loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq $Assembly }
        $loaded.GetExportedTypes() | ForEach-Object {
            $attribute = $_.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
            if ($attribute) { "$($attribute.VerbName)-$($attribute.NounName)" }
        } | Sort-Object
    }
}

Describe 'The module' {
    It 'exports its cmdlets' {
        (Get-Module Bitwarden).ExportedCmdlets.Keys | Sort-Object | Should -Be $cmdlets
    }

    It 'exports nothing else' {
        $module = Get-Module Bitwarden
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'does not export the vault commands' {
        Get-Command $vaultCmdlets -ErrorAction Ignore | Where-Object Source -Like 'Bitwarden*' | Should -BeNullOrEmpty
    }

    It 'its export list is that of its assembly' {
        Get-CmdletOf Bitwarden.PowerShell | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'the export list of the extension is that of its assembly' {
        $module = Join-Path $folder Bitwarden.SecretManagement.dll
        $null = [Reflection.Assembly]::LoadFrom($module)
        Get-CmdletOf Bitwarden.SecretManagement | Should -Be ($extension.CmdletsToExport | Sort-Object)
        $extension.CmdletsToExport | Sort-Object | Should -Be $vaultCmdlets
    }

    It 'has no wildcard in an export list' {
        foreach ($key in 'CmdletsToExport', 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
            $manifest[$key] + $extension[$key] | Where-Object { $_ -match '[*?]' } | Should -BeNullOrEmpty
        }
    }

    It 'has every file that its manifest names' {
        foreach ($path in @($manifest.RootModule) + $manifest.NestedModules + $manifest.FormatsToProcess + $manifest.TypesToProcess | Where-Object { $_ }) {
            Join-Path $folder $path | Should -Exist
        }
        $extension.NestedModules | Should -Not -BeNullOrEmpty
        foreach ($path in $extension.NestedModules) { Join-Path $folder Bitwarden.Extension $path | Should -Exist }
    }

    It '<_> passes Test-ModuleManifest' -ForEach 'Bitwarden.psd1', 'Bitwarden.Extension/Bitwarden.Extension.psd1' {
        $path = Join-Path $folder $_
        $problems = $null
        $tested = Test-ModuleManifest $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -BeNullOrEmpty
        $tested.Version | Should -Be (Import-PowerShellDataFile $path).ModuleVersion
    }

    It 'names its project, its help and its release notes, all at one address' {
        $data = $manifest.PrivateData.PSData
        $data.ProjectUri | Should -BeLike 'https://*/'
        $data.ReleaseNotes | Should -BeLike "$($data.ProjectUri)*"
        $manifest.HelpInfoUri | Should -BeLike "$($data.ProjectUri)*"
        (Get-Command Get-BwItem).HelpUri | Should -BeLike "$($data.ProjectUri)docs/cmdlets/*"
    }

    It 'uses only approved verbs' {
        $cmdlets | ForEach-Object { (Get-Verb $_.Split('-')[0]).Verb } | Should -Be ($cmdlets | ForEach-Object { $_.Split('-')[0] })
    }

    It 'holds assemblies of its own only' {
        (Get-ChildItem $folder -Recurse -Filter *.dll).Name | Sort-Object |
            Should -Be 'Bitwarden.Core.dll', 'Bitwarden.PowerShell.dll', 'Bitwarden.SecretManagement.dll'
    }

    It 'takes no secret as text' {
        # -PasswordField is the name of a field.
        $parameters = foreach ($cmdlet in $cmdlets) {
            (Get-Command $cmdlet).Parameters.Values |
                Where-Object { $_.ParameterType -eq [string] -and $_.Name -match 'Secret|Password' -and $_.Name -ne 'PasswordField' }
        }
        $parameters | Should -BeNullOrEmpty
    }

    It '<_> supports -WhatIf' -ForEach @(
        'Lock-BwVault', 'Disconnect-BwSession', 'Select-BwSession', 'Reset-BwApiKey', 'Copy-BwSecret', 'Open-BwItem',
        'New-BwItem', 'Set-BwItem', 'Copy-BwItem', 'Move-BwItem', 'Remove-BwItem', 'Restore-BwItem', 'New-BwFolder',
        'Set-BwFolder', 'Remove-BwFolder', 'Add-BwAttachment', 'Remove-BwAttachment', 'Update-BwAttachment',
        'Register-BwSecretVault', 'Set-BwPipelineVariable', 'Export-BwVault', 'Import-BwVault'
    ) {
        (Get-Command $_).Parameters.Keys | Should -Contain 'WhatIf'
    }

    It 'every cmdlet that works on a session has -Session' {
        $without = '^Connect|^Import|^Test-BwConnection|Get-BwSession|^New-BwUserName|^Open-BwVault|^Register-BwSecretVault'
        foreach ($cmdlet in $cmdlets -notmatch $without) {
            (Get-Command $cmdlet).Parameters.Keys | Should -Contain 'Session' -Because $cmdlet
        }
    }
}

Describe 'The module in a process of its own' {
    BeforeAll {
        $run = Invoke-FreshPwsh -WithoutModule {
            $before = @(Get-ChildItem $env:HOME -Recurse -Force).Count
            Import-Module $moduleFolder
            Import-Module $moduleFolder
            $imported = @(Get-ChildItem $env:HOME -Recurse -Force).Count - $before
            Import-Module $moduleFolder -Force
            Remove-Module Bitwarden
            $removed = @(Get-Command -Module Bitwarden).Count
            Import-Module $moduleFolder
            @{ Files = $imported; Removed = $removed; Cmdlets = @(Get-Command -Module Bitwarden).Count; Errors = @($Error | ForEach-Object ToString) }
        }
    }

    It 'imports twice, with -Force, and again after its removal' {
        $run.Result.Errors | Should -BeNullOrEmpty
        $run.Result.Removed | Should -Be 0
        $run.Result.Cmdlets | Should -Be 52
    }

    It 'writes nothing to the home directory' {
        $run.Result.Files | Should -Be 0
    }

    It 'prints nothing' {
        $run.Output | Should -BeNullOrEmpty
        $run.ErrorOutput | Should -BeNullOrEmpty
    }
}
