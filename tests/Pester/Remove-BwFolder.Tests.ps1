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

Describe 'Remove-BwFolder' {
    It 'removes the folder, and keeps its items' {
        $null = New-BwFolder Doomed
        $null = New-BwItem survivor -Folder Doomed
        Remove-BwFolder Doomed | Should -BeNullOrEmpty
        Get-BwFolder Doomed -ErrorAction Ignore | Should -BeNullOrEmpty
        (Get-BwItem survivor).Folder | Should -BeNullOrEmpty
        Sync-BwVault -Force
        (Get-BwItem survivor).Folder | Should -BeNullOrEmpty
    }

    It 'takes folders from the pipeline' {
        'x1', 'x2' | New-BwFolder | Remove-BwFolder
        Get-BwFolder x? | Should -BeNullOrEmpty
    }

    It 'a folder that is not there is FolderNotFound, and the next one is removed' {
        $null = New-BwFolder Last
        Remove-BwFolder Nowhere, Last -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'FolderNotFound,Bitwarden.PowerShell.Commands.RemoveBwFolderCommand'
        Get-BwFolder Last -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It '-WhatIf sends nothing' {
        Clear-ServerRequest $server
        Remove-BwFolder Work -WhatIf
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}
