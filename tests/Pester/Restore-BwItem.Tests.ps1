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

Describe 'Restore-BwItem' {
    It 'takes an item out of the trash' {
        $null = New-BwItem 'back again' -Username u -Folder Work
        Remove-BwItem 'back again'
        $item = Restore-BwItem 'back again' -PassThru
        $item.DeletedDate | Should -BeNullOrEmpty
        (Get-BwItem 'back again').Folder | Should -Be 'Work'
    }

    It 'takes items from the pipeline, in one call, and writes nothing' {
        $null = 'one', 'two', 'three' | ForEach-Object { New-BwItem "trash $_" -Username u }
        Get-BwItem 'trash *' | Remove-BwItem
        Clear-ServerRequest $server
        Get-BwItem 'trash *' -Trash | Restore-BwItem | Should -BeNullOrEmpty
        @(Get-ServerRequest $server /api/ciphers).Count | Should -Be 1
        @(Get-BwItem 'trash *').Count | Should -Be 3
    }

    It '<Name> is ItemNotFound: <Why>' -TestCases @(
        @{ Name = 'prod-sql'; Why = 'it is not in the trash' }
        @{ Name = 'no-such-item'; Why = 'there is none' }
    ) {
        Restore-BwItem $Name -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'ItemNotFound,Bitwarden.PowerShell.Commands.RestoreBwItemCommand'
    }

    It '-WhatIf sends nothing' {
        Clear-ServerRequest $server
        Restore-BwItem trashed -WhatIf
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}
