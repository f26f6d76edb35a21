BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $path = Join-Path $TestDrive vault.copy
    $live = Connect-TestAccount $server -Unlock
    Save-BwVault $path
    $password = Get-MasterPassword
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Open-BwVault' {
    BeforeAll {
        Clear-ServerRequest $server
        $session = Open-BwVault $path -Private -WarningVariable warnings -WarningAction SilentlyContinue
    }

    It 'makes a locked session current, and leaves the connected one alone' {
        $session.State | Should -Be 'Locked'
        $session.Account | Should -Be 'pbkdf2@example.org'
        $session.Server | Should -Be $live.Server
        Get-BwSession -Current | Should -Be $session
        $live.State | Should -Be 'Unlocked'
    }

    It 'tells its age, as a warning, a property and in the view' {
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike 'This is a copy of the vault of pbkdf2@example.org, just made.*'
        $session.CopyAge | Should -BeOfType timespan
        $session | Format-Table | Out-String -Width 200 | Should -BeLike '*(copy, just made)*'
        $session | Format-List | Out-String -Width 200 | Should -BeLike '*(copy, just made)*'
        $live.CopyAge | Should -BeNullOrEmpty
        $live | Format-Table | Out-String -Width 200 | Should -Not -BeLike '*copy*'
    }

    It 'refuses another password, and is opened by the right one' {
        { Unlock-BwVault (Get-MasterPassword argon2@example.org) } | Should -Throw -ErrorId 'InvalidMasterPassword,*'
        Unlock-BwVault $password -WarningVariable more
        $more | Should -BeNullOrEmpty
        Get-BwSecret prod-sql -AsPlainText | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
        (Get-BwItem).Count | Should -Be @(Get-BwItem -Session $live).Count
        (Get-BwTotp prod-sql).Code | Should -Not -BeNullOrEmpty
    }

    It '<Name> fails with SessionOffline' -TestCases @(
        @{ Name = 'Sync-BwVault'; Command = { Sync-BwVault } }
        @{ Name = 'Export-BwSession'; Command = { Export-BwSession } }
        @{ Name = 'Save-BwVault'; Command = { Save-BwVault (Join-Path $TestDrive again.copy) } }
        @{ Name = 'New-BwItem'; Command = { New-BwItem x -Notes y } }
        @{ Name = 'Set-BwItem'; Command = { Set-BwItem prod-sql -Notes y -SkipReprompt } }
        @{ Name = 'Copy-BwItem'; Command = { Copy-BwItem prod-sql two -SkipReprompt } }
        @{ Name = 'Remove-BwItem'; Command = { Remove-BwItem prod-sql } }
        @{ Name = 'New-BwFolder'; Command = { New-BwFolder x } }
        @{ Name = 'Get-BwSecret for a file'; Command = { Get-BwSecret 'with attachment#attachment:cert.pfx' } }
        @{ Name = 'Get-BwApiKey'; Command = { Get-BwApiKey $password } }
    ) {
        $failure = try { & { $ErrorActionPreference = 'Stop'; & $Command } } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'SessionOffline,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        (Get-BwSession -Current).State | Should -Be 'Unlocked'
    }

    It 'sent nothing' {
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'refuses a copy that is older than -MaxAge' {
        { Open-BwVault $path -MaxAge (New-TimeSpan -Milliseconds 1) } | Should -Throw -ErrorId 'VaultCopyTooOld,*'
        (Open-BwVault $path -MaxAge 1.00:00:00 -WarningAction SilentlyContinue).State | Should -Be 'Locked'
    }

    It '-MaxAge <Value> is no time span' -TestCases @(@{ Value = 7 }, @{ Value = '7' }, @{ Value = '00:00:00' }, @{ Value = '-01:00:00' }) {
        { Open-BwVault $path -MaxAge $Value } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'a changed file is refused when it is unlocked' {
        $changed = Join-Path $TestDrive changed.copy
        $year = [DateTime]::UtcNow.Year
        [IO.File]::WriteAllText($changed, [IO.File]::ReadAllText($path).Replace("`"date`":`"$year", "`"date`":`"$($year - 1)"))
        $null = Open-BwVault $changed -WarningAction SilentlyContinue
        { Unlock-BwVault $password } | Should -Throw -ErrorId 'VaultCopyChanged,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        { Get-BwItem } | Should -Throw -ErrorId 'VaultLocked,*'
    }

    It '<Case> is <Id>' -TestCases @(
        @{ Case = 'another file'; Id = 'InvalidVaultCopy'; Make = { param($to) Set-Content $to '{}' } }
        @{ Case = 'half a copy'; Id = 'InvalidVaultCopy'; Make = { param($to) Set-Content $to (Get-Content $path -Raw).Substring(0, 2000) } }
        @{ Case = 'a newer form'; Id = 'UnsupportedVaultCopy'; Make = { param($to) Set-Content $to "bitwarden-vault-copy 7`n" } }
        @{ Case = 'a missing file'; Id = 'FileUnusable'; Make = {} }
        @{ Case = 'a folder'; Id = 'FileUnusable'; Make = { param($to) New-Item $to -ItemType Directory } }
    ) {
        $odd = Join-Path $TestDrive odd.copy
        $null = & $Make $odd
        try {
            { Open-BwVault $odd } | Should -Throw -ErrorId "$Id,Bitwarden.PowerShell.Commands.OpenBwVaultCommand"
        } finally {
            Remove-Item $odd -Recurse -ErrorAction Ignore
        }
    }
}

Describe 'SecretManagement with a copy' {
    It 'reads from it' {
        $run = Invoke-FreshPwsh -Server $server -Arguments @{ Path = $path; Account = (Get-TestAccount $server).clientId } {
            Import-Module Microsoft.PowerShell.SecretManagement
            Register-SecretVault Work -ModuleName $moduleFolder -VaultParameters @{ Account = $arguments.Account; Server = $server.Url }
            $copy = Open-BwVault $arguments.Path -WarningAction SilentlyContinue
            Unlock-BwVault (Get-MasterPassword)
            $read = [pscredential]::new('x', (Get-Secret prod-sql -Vault Work).Password).GetNetworkCredential().Password
            @{ Read = $read; CopyAge = $null -ne $copy.CopyAge }
        }
        $run.Result.Read | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
        $run.Result.CopyAge | Should -BeTrue
    }
}
