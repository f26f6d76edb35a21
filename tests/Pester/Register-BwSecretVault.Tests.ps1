BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
    $run = Invoke-FreshPwsh -Server $server {
        function Get-Code([scriptblock] $Script) { try { & $Script; 'none' } catch { ($_.FullyQualifiedErrorId -split ',')[0] } }
        $null = Connect-TestAccount $server -Unlock
        $all = @{
            Account = 'pbkdf2@example.org'; Server = $server.Url; Organization = 'Example Org'; Collection = 'Production'; ReadOnly = $true
            SignIn = 'Environment'; MaxAge = 5; Logins = 'Hashtable'
        }
        $result = @{
            WhatIf = Get-Code { Register-BwSecretVault Work -WhatIf }; Before = @(Get-SecretVault).Count
            Output = @(Register-BwSecretVault Work @all -DefaultVault).Count
        }
        $work = Get-SecretVault Work
        $result.Parameters = $work.VaultParameters
        $result.Module = "$($work.ModuleName)"
        $result.Default = $work.IsDefault
        $result.Works = Test-SecretVault Work
        $result.Listed = @(Get-SecretInfo -Vault Work).Count
        $result.Bare = Get-Code { Register-BwSecretVault Bare }
        $result.BareParameters = (Get-SecretVault Bare).VaultParameters.Count
        $result.Twice = Get-Code { Register-BwSecretVault Work }
        $result.Clobber = Get-Code { Register-BwSecretVault Work -Account pbkdf2@example.org -Folder Work -AllowClobber }
        $result.Replaced = @((Get-SecretVault Work).VaultParameters.Keys | Sort-Object)
        $vaults = @(Get-SecretVault).Count
        $result.Refused = @(
            Get-Code { Register-BwSecretVault 'x[1]' }
            Get-Code { Register-BwSecretVault x -Account organization.64b0f046-c756-8708-aaf2-6ecc3395edf0 }
            Get-Code { Register-BwSecretVault x -Account ada }
            Get-Code { Register-BwSecretVault x -Server http://example.org }
            Get-Code { Register-BwSecretVault x -Collection nothing }
            Get-Code { Register-BwSecretVault x -Organization nothing }
            Get-Code { Register-BwSecretVault x -Folder nothing }
            Get-Code { Register-BwSecretVault x -SignIn Always }
            Get-Code { Register-BwSecretVault x -MaxAge -1 }
        )
        $result.Added = @(Get-SecretVault).Count - $vaults
        function Get-Completion([string] $Line) { @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText) }
        $result.Completed = @('Collection P', 'Folder W', 'Organization E', 'Account p', 'Server E', 'SignIn E', 'Logins H' | ForEach-Object {
            @(Get-Completion "Register-BwSecretVault x -$_")[0]
        })
        $result
    }
    $result = $run.Result
}

AfterAll {
    Stop-TestServer $server
}

Describe 'Register-BwSecretVault' {
    It 'registers this module with what was given' {
        $result.Output | Should -Be 0
        $result.Parameters.Collection | Should -Be 'Production'
        $result.Parameters.ReadOnly | Should -BeTrue
        $result.Parameters.MaxAge | Should -Be 5
        $result.Parameters.PSObject.Properties.Name | Should -HaveCount 8
        $result.Module | Should -Be 'Bitwarden'
        $result.Default | Should -BeTrue
    }

    It 'makes a vault that works' {
        $result.Works | Should -BeTrue
        $result.Listed | Should -Be 3
    }

    It 'registers no parameters where none were given' {
        $result.Bare | Should -Be 'none'
        $result.BareParameters | Should -Be 0
    }

    It '-WhatIf registers nothing' {
        $result.WhatIf | Should -Be 'none'
        $result.Before | Should -Be 0
    }

    It 'takes the place of another vault only with -AllowClobber' {
        $result.Twice | Should -Not -Be 'none'
        $result.Clobber | Should -Be 'none'
        $result.Replaced | Should -Be 'Account', 'Folder'
    }

    It 'SecretManagement fact 25: refuses what would not work, before the registry has it' {
        $result.Refused | Should -Be 'InvalidVaultParameter', 'OrganizationApiKey', 'InvalidClientId', 'InvalidServer', 'CollectionNotFound',
            'OrganizationNotFound', 'FolderNotFound', 'ParameterArgumentValidationError', 'ParameterArgumentValidationError'
        $result.Added | Should -Be 0
    }

    It 'completes places, accounts and words' {
        $result.Completed | Should -Be 'Production', 'Work', "'Example Org'", 'pbkdf2@example.org', 'EU', 'Environment', 'Hashtable'
    }
}

Describe 'Register-BwSecretVault of a module with versions' {
    BeforeAll {
        $run = Invoke-FreshPwsh -Server $server -WithoutModule {
            $versions = Join-Path $HOME Bitwarden
            $null = New-Item -ItemType Directory $versions
            Copy-Item $moduleFolder $versions/0.1.0 -Recurse
            Import-Module $versions/0.1.0/Bitwarden.psd1
            $null = Connect-TestAccount $server -Unlock
            Register-BwSecretVault Work
            function Test-Work { Test-SecretVault Work -WarningVariable warnings -WarningAction SilentlyContinue; "$warnings" }
            $before = Test-Work
            $null = New-Item -ItemType Directory $versions/9.0.0
            (Get-Content $versions/0.1.0/Bitwarden.psd1 -Raw) -replace "'0.1.0'", "'9.0.0'" | Set-Content $versions/9.0.0/Bitwarden.psd1
            @{ Path = (Get-SecretVault Work).ModulePath -eq $versions; Before = $before; After = Test-Work }
        }
    }

    It 'SecretManagement fact 26: registers the module and not one version' {
        $run.Result.Path | Should -BeTrue
        $run.Result.Before | Should -Be $true, ''
    }

    It 'SecretManagement fact 26: Test-SecretVault warns of a newer version that is not used' {
        $run.Result.After[0] | Should -BeTrue
        $run.Result.After[1] | Should -BeLike '*version 0.1.0 of the module, and 9.0.0 is installed beside it*'
    }
}
