# SignIn = 'Environment': who may sign in when, with what, and how often. Facts are those of docs/secretmanagement.md.

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
    $run = Invoke-FreshPwsh -Server $server -Seconds 120 {
        $account = Get-TestAccount $server
        function Get-Answer([scriptblock] $Script) {
            $output = try { & $Script 2>&1 } catch { $_ }
            @($output | ForEach-Object {
                if ($_ -isnot [Management.Automation.ErrorRecord]) { $_.UserName ?? "$_" }
                else { $_.Exception.Data['ErrorId'] ?? ($_.FullyQualifiedErrorId -split ',')[0] }
            })
        }
        function Get-Count { @(Get-TokenRequest $server).Count }
        $auto = @{ SignIn = 'Environment'; Account = 'pbkdf2@example.org'; Server = $server.Url }
        Register-SecretVault Auto -ModuleName $moduleFolder -VaultParameters $auto
        Register-SecretVault Plain -ModuleName $moduleFolder -VaultParameters @{ Account = 'pbkdf2@example.org' }
        Register-SecretVault Other -ModuleName $moduleFolder -VaultParameters @{ SignIn = 'Environment'; Account = 'argon2@example.org' }
        Register-SecretVault Elsewhere -ModuleName $moduleFolder -VaultParameters @{ SignIn = 'Environment'; Server = 'https://elsewhere.example.org' }
        $result = @{ Nothing = Get-Answer { Get-Secret prod-sql -Vault Auto } }
        $env:BW_SERVER = $server.Url
        $env:BW_CLIENTID = $account.clientId
        $env:BW_CLIENTSECRET = $account.clientSecret
        $result.NoPassword = Get-Answer { Get-Secret prod-sql -Vault Auto }
        $env:BW_PASSWORD = 'wrong'
        Clear-ServerRequest $server
        $result.Wrong = Get-Answer { 1..3 | ForEach-Object { Get-Secret prod-sql -Vault Auto } }
        $result.WrongInfo = Get-Answer { Get-SecretInfo prod-sql -Vault Auto }
        $result.WrongWrites = Get-Answer { Set-Secret new -Secret x -Vault Auto; Remove-Secret prod-sql -Vault Auto }
        $result.WrongCount = Get-Count
        $env:BW_PASSWORD = [Net.NetworkCredential]::new('', (Get-MasterPassword)).Password
        Clear-ServerRequest $server
        $result.Listing = Get-Answer { Get-SecretInfo -Vault Auto }
        $null = TabExpansion2 'Get-Secret -Name prod-' 22
        $result.Plain = Get-Answer { Get-Secret prod-sql -Vault Plain }
        $result.Elsewhere = Get-Answer { Get-Secret prod-sql -Vault Elsewhere }
        $result.Silent = @(Get-ServerRequest $server).Count
        $result.Other = Get-Answer { 1..2 | ForEach-Object { Get-Secret prod-sql -Vault Other } }
        $result.OtherCount = Get-Count
        $result.OtherSessions = @(Get-BwSession -All).Count
        Clear-ServerRequest $server
        $result.First = Get-Answer { Get-Secret prod-sql }
        $session = Get-BwSession -All
        $result.Session = @{ Count = @($session).Count; State = "$($session.State)"; Idle = "$($session.IdleTimeout)" }
        $result.Session.Current = @(Get-BwSession -Current).Count
        $result.Mine = Get-Answer { Get-BwItem prod-sql }
        Register-SecretVault More -ModuleName $moduleFolder -VaultParameters $auto
        $result.AfterRegistration = "$($session.State)"
        Lock-BwVault -Session $session
        $result.LockedListing = Get-Answer { Get-SecretInfo -Vault Auto }
        $result.Again = Get-Answer { Get-Secret prod-sql -Vault Auto }
        $result.Logins = Get-Count
        $result.Thread = Start-ThreadJob { (Get-Secret prod-sql -Vault Auto).UserName } | Receive-Job -Wait -AutoRemoveJob
        Disconnect-BwSession -Session $session
        $result.Test = Get-Answer { Test-SecretVault Auto }
        Disconnect-BwSession -Session (Get-BwSession -All)
        $result.Info = Get-Answer { (Get-SecretInfo prod-sql -Vault Auto).Name }
        Disconnect-BwSession -Session (Get-BwSession -All)
        $result.Set = Get-Answer { Set-Secret new -Secret x -Vault Auto }
        $result.Made = @(Get-BwItem new -Session (Get-BwSession -All)).Count
        Disconnect-BwSession -Session (Get-BwSession -All)
        Move-ServerClock $server 5
        $result.Remove = Get-Answer { Remove-Secret new -Vault Auto }
        $result.Trashed = @(Get-BwItem -Trash -Session (Get-BwSession -All)).Name -contains 'new'
        # As the release wrote it that knew no Set-SecretInfo.
        $folder = $IsWindows ? "$env:LOCALAPPDATA/Microsoft/PowerShell/secretmanagement" : "$HOME/.secretmanagement"
        $registry = Get-Content "$folder/secretvaultregistry/vaultinfo" -Raw | ConvertFrom-Json -AsHashtable
        $result.Registered = @($registry.Vaults.Auto.Keys | Sort-Object)
        $registry.Vaults.Old = @{
            ModuleName = $registry.Vaults.Auto.ModuleName; ModulePath = $registry.Vaults.Auto.ModulePath; Description = ''
            VaultParameters = $auto; SetSecretSupportsMetadata = $true
        }
        ConvertTo-Json $registry -Depth 5 | Set-Content "$folder/secretvaultregistry/vaultinfo"
        $result.Job, $result.Old = Start-Job {
            (Get-Secret prod-sql -Vault Auto).UserName
            Set-SecretInfo prod-sql -Metadata @{ Owner = 'ops' } -Vault Old
            (Get-SecretInfo prod-sql -Vault Old).Metadata.Owner
        } | Receive-Job -Wait -AutoRemoveJob
        $result
    }
    $result = $run.Result
}

AfterAll {
    Stop-TestServer $server
}

Describe 'SecretManagement: SignIn = Environment' {
    It 'SecretManagement fact W16: the first read signs in, without -Vault too' {
        $result.First | Should -Be 'sql_admin'
    }

    It 'the session never locks by itself, and is nobody''s current one' {
        $result.Session.Count | Should -Be 1
        $result.Session.State | Should -Be 'Unlocked'
        $result.Session.Idle | Should -BeNullOrEmpty
        $result.Session.Current | Should -Be 0
        $result.Mine | Should -Be 'NotConnected'
    }

    It 'a listing and completion never sign in, also when locked' {
        $result.Listing | Should -Be 'NotConnected'
        $result.LockedListing | Should -Be 'VaultLocked'
        $result.Silent | Should -Be 0
    }

    It 'a vault that is registered without it never signs in' {
        $result.Plain | Should -Be 'NotConnected'
    }

    It 'a locked vault is unlocked again, without a new login' {
        $result.Again | Should -Be 'sql_admin'
        $result.Logins | Should -Be 1
    }

    It 'SecretManagement fact 5: the session outlives a registration' {
        $result.AfterRegistration | Should -Be 'Unlocked'
    }

    It 'Test-SecretVault and Get-SecretInfo of a name sign in too' {
        $result.Test | Should -Be 'True'
        $result.Info | Should -Be 'prod-sql'
    }

    It 'Set-Secret and Remove-Secret sign in too' {
        $result.Set | Should -BeNullOrEmpty
        $result.Made | Should -Be 1
        $result.Remove | Should -BeNullOrEmpty
        $result.Trashed | Should -BeTrue
    }

    It 'SecretManagement fact W7: a registration that was made before Set-SecretInfo was there needs no renewal' {
        $result.Registered | Should -Be 'Description', 'ModuleName', 'ModulePath', 'SetSecretSupportsMetadata', 'VaultParameters'
        $result.Old | Should -Be 'ops'
    }

    It 'works in a thread job and in a job' {
        $result.Thread | Should -Be 'sql_admin'
        $result.Job | Should -Be 'sql_admin'
    }

    It 'says what is missing' {
        $result.Nothing | Should -Be 'ClientIdMissing'
        $result.NoPassword | Should -Be 'MasterPasswordMissing'
    }

    It 'is not tried again with what was refused' {
        $result.Wrong | Should -Be 'InvalidMasterPassword', 'InvalidMasterPassword', 'InvalidMasterPassword'
        $result.WrongInfo | Should -Be 'InvalidMasterPassword'
        $result.WrongWrites | Should -Be 'InvalidMasterPassword', 'InvalidMasterPassword'
        $result.WrongCount | Should -Be 1
    }

    It 'closes the session of another account than the registered one, and does not try again' {
        $result.Other | Should -Be 'InvalidVaultParameter', 'InvalidVaultParameter'
        $result.OtherCount | Should -Be 1
        $result.OtherSessions | Should -Be 0
    }

    It 'sends nothing to a server that the environment does not mean' {
        $result.Elsewhere | Should -Be 'InvalidVaultParameter'
    }

    It 'prints nothing' {
        $run.Output + $run.ErrorOutput | Should -BeNullOrEmpty
    }
}
