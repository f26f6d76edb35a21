BeforeAll {
    $WarningPreference = 'SilentlyContinue'
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $account = Get-TestAccount $server
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

# The account of the tests has one item with an address whose checksum is wrong.
Describe 'Test-BwVault' {
    BeforeAll {
        $check = Test-BwVault -WarningVariable warnings
    }

    It 'counts every item, those in the trash too' {
        $check.Items | Should -Be (@(Get-BwItem).Count + @(Get-BwItem -Archived).Count + @(Get-BwItem -Trash).Count)
        $check.Trash | Should -Be 1
        $check.Types.SshKey | Should -Be @(Get-BwItem -Type SshKey).Count
        $check.Folders | Should -BeGreaterThan 0
        $check.Collections | Should -BeGreaterThan 0
        $check.Attachments | Should -Be @((Get-BwItem).Attachments | Where-Object { $_ }).Count
        $check.Values | Should -BeGreaterThan $check.Items
    }

    It 'names what is broken, with id, name, field and code' {
        $check.IsIntact | Should -BeFalse
        $check.BrokenItems | Should -Be 1
        $problem = @($check.Problems)[0]
        $problem.Name | Should -BeExactly 'wrong checksum'
        $problem.Id | Should -Be (Get-BwItem 'wrong checksum').Id
        $problem.Field | Should -BeExactly 'uris[1]'
        $problem.Code | Should -BeExactly 'UriChecksumMismatch'
    }

    It 'warns once for each part, and names the item' {
        $warnings.Message | Should -Be "Item 'wrong checksum' ($((Get-BwItem 'wrong checksum').Id)): uris[1] cannot be read (UriChecksumMismatch)."
    }

    It '-Quiet gives False and no warning' {
        Test-BwVault -Quiet -WarningVariable quiet | Should -BeExactly $false
        $quiet | Should -BeNullOrEmpty
    }

    It 'asks the server nothing' {
        Clear-ServerRequest $server
        $null = Test-BwVault
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'is a list: whether it is intact, counts, what is broken' {
        $text = $check | Out-String -Width 200
        foreach ($label in 'IsIntact', 'Items', 'Types', 'Values', 'BrokenItems', 'Problems', 'Duration') {
            $text | Should -Match "$label\S*\s*:"
        }
        $text | Should -Match 'Types\S*\s*: .*Login \d+'
        $text | Should -Match 'wrong checksum: uris\[1\] \(UriChecksumMismatch\)'
    }

    It '-Session checks another session' {
        $other = Connect-TestAccount $server weak@example.org -Unlock
        Select-BwSession $session
        Test-BwVault -Session $other -Quiet | Should -BeExactly $true
        Disconnect-BwSession $other
    }

    It 'a locked vault is VaultLocked' {
        Lock-BwVault $session
        { Test-BwVault } | Should -Throw -ErrorId 'VaultLocked,Bitwarden.PowerShell.Commands.TestBwVaultCommand'
        Unlock-BwVault (Get-MasterPassword) -Session $session
    }
}

Describe 'Test-BwVault with many broken items' {
    BeforeAll {
        1..12 | ForEach-Object { $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/broken-item' }
        Sync-BwVault -Force
        $check = Test-BwVault -WarningVariable warnings
    }

    It 'warns of ten and says how many there are beyond' {
        $warnings.Count | Should -Be 11
        $warnings[10].Message | Should -BeLike "$($check.Problems.Count - 10) more parts*"
    }

    It 'has all of them' {
        @($check.Problems | Where-Object Code -EQ DecryptionFailed).Count | Should -Be 12
    }
}

Describe 'Get-BwItem and what is broken' {
    It 'lists without asking an item for its problems' {
        Get-BwItem -WarningVariable warnings | Should -Not -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'the item itself tells when it is asked' {
        (Get-BwItem 'wrong checksum').Problems.Code | Should -Be 'UriChecksumMismatch'
    }
}
