BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server weak@example.org -Unlock
    $path = Join-Path $TestDrive vault.copy
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Save-BwVault' {
    It 'writes a copy for its owner alone, and nothing to the pipeline' {
        Save-BwVault $path | Should -BeNullOrEmpty
        (Get-Content $path -TotalCount 1) | Should -BeExactly 'bitwarden-vault-copy 1'
        if (-not $IsWindows) { (Get-Item $path).UnixMode | Should -Be '-rw-------' }
        (Get-ChildItem $TestDrive -Force).Name | Should -Be 'vault.copy'
    }

    It 'holds no token, key, password or name in clear' {
        $text = Get-Content $path -Raw
        $account = Get-TestAccount $server weak@example.org
        $tokens = (Get-ServerRequest $server).headers.Authorization | Where-Object { $_ } | ForEach-Object { $_ -replace '^Bearer ' }
        $values = @($account.masterPassword, $account.clientSecret, 'small-sql') + @($tokens) + @($account.passwords.PSObject.Properties.Value)
        $values.Count | Should -BeGreaterThan 4
        $values | Where-Object { $_ -and $text.Contains($_) } | Should -BeNullOrEmpty
    }

    It 'replaces a file with -Force only, and writes it with -PassThru' {
        { Save-BwVault $path } | Should -Throw -ErrorId 'FileExists,Bitwarden.PowerShell.Commands.SaveBwVaultCommand'
        $file = Save-BwVault $path -Force -PassThru
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be $path
    }

    It 'understands a path as PowerShell does' {
        $null = New-PSDrive bwcopy FileSystem $TestDrive
        Save-BwVault 'bwcopy:[two].copy'
        Test-Path -LiteralPath (Join-Path $TestDrive '[two].copy') | Should -BeTrue
        Remove-PSDrive bwcopy
    }

    It 'fails with <Id> for <Case>, and leaves nothing' -TestCases @(
        @{ Case = 'a folder that is not there'; Id = 'FileUnusable'; Command = { Save-BwVault (Join-Path $TestDrive none/vault.copy) } }
        @{ Case = 'a folder'; Id = 'FileUnusable'; Command = { Save-BwVault $TestDrive -Force } }
        @{ Case = 'a path of no file system'; Id = 'FileUnusable'; Command = { Save-BwVault Env:vault } }
        @{ Case = 'a locked vault'; Id = 'VaultLocked'; Command = { Lock-BwVault; Save-BwVault (Join-Path $TestDrive locked.copy) } }
    ) {
        $before = (Get-ChildItem $TestDrive -Force -Recurse).FullName
        $Command | Should -Throw -ErrorId "$Id,Bitwarden.PowerShell.Commands.SaveBwVaultCommand"
        (Get-ChildItem $TestDrive -Force -Recurse).FullName | Should -Be $before
    }
}
