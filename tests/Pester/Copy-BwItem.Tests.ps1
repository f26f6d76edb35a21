BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Copy-BwItem' {
    It 'makes an item with the same values, and leaves the first one as it is' {
        $item = Get-BwItem prod-sql
        $copy = Copy-BwItem prod-sql 'copied sql'
        $copy.Id | Should -Not -Be $item.Id
        $copy.Name, $copy.Folder, $copy.Username | Should -Be 'copied sql', $item.Folder, $item.Username
        $copy.Uris | Should -Be $item.Uris
        foreach ($name in $item.Values.Keys) { $copy.Values[$name].RevealText() | Should -BeExactly $item.Values[$name].RevealText() }
        $copy.Fields | ForEach-Object { "$($_.Name) $($_.Type)" } | Should -Be ($item.Fields | ForEach-Object { "$($_.Name) $($_.Type)" })
        (Get-BwItem prod-sql).RevisionDate | Should -Be $item.RevisionDate
    }

    It 'is called as the first one with Clone behind it' {
        (Get-BwItem prod-api | Copy-BwItem).Name | Should -Be 'prod-api - Clone'
    }

    It 'is for an organization with -Collection' {
        $copy = Copy-BwItem prod-sql -NewName 'sql for all' -Collection Production
        $copy.Organization, $copy.Collections | Should -Be 'Example Org', 'Production'
        $copy.Password.RevealText() | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
        (Get-BwItem prod-sql).Organization | Should -BeNullOrEmpty
    }

    It 'copies what an organization owns' {
        $copy = Copy-BwItem org-sql mine
        $copy.Organization | Should -BeNullOrEmpty
        $copy.Password.RevealText() | Should -BeExactly '0rg-sql-pw!-pbkdf2'
    }

    It 'says that files are not copied' {
        $copy = Copy-BwItem 'with attachment' -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Be "The files of 'with attachment' are not copied."
        @($copy.Attachments).Count | Should -Be 0
    }

    It 'says that passkeys are not copied' {
        $item = Get-BwItem | Where-Object { $_.HasPasskeys() } | Select-Object -First 1
        $copy = $item | Copy-BwItem -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*passkeys*are not copied.'
        $copy.HasPasskeys() | Should -BeFalse
    }

    It 'an item with hidden passwords is ItemNotWritable' {
        Copy-BwItem org-hidden -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be 'ItemNotWritable,Bitwarden.PowerShell.Commands.CopyBwItemCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
    }

    It '-WhatIf sends nothing' {
        Clear-ServerRequest $server
        Copy-BwItem prod-sql x -WhatIf | Should -BeNullOrEmpty
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It '<Name> is <Id>' -TestCases @(
        @{ Name = 'no-such-item'; Id = 'ItemNotFound' }
        @{ Name = 'duplicate'; Id = 'AmbiguousName' }
    ) {
        Copy-BwItem $Name -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,Bitwarden.PowerShell.Commands.CopyBwItemCommand"
    }
}
