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

Describe 'New-BwFolder' {
    It 'creates folders, and items can go there at once' {
        $folder = New-BwFolder Work/Databases
        $folder | Should -BeOfType Bitwarden.Core.Vault.FolderInfo
        $folder.Name, $folder.Parent, $folder.ItemCount | Should -Be 'Work/Databases', 'Work', 0
        (New-BwItem 'in it' -Folder Work/Databases).Folder | Should -Be 'Work/Databases'
    }

    It 'takes names from the pipeline' {
        ('A folder', 'Another folder' | New-BwFolder).Name | Should -Be 'A folder', 'Another folder'
    }

    It 'a name that is there is InvalidItem, and nothing is sent' {
        Clear-ServerRequest $server
        New-BwFolder work -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be 'InvalidItem,Bitwarden.PowerShell.Commands.NewBwFolderCommand'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'a name that is too long is InputTooLong' {
        New-BwFolder ('x' * 2000) -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InputTooLong,*'
    }

    It '-WhatIf sends nothing' {
        Clear-ServerRequest $server
        New-BwFolder Elsewhere -WhatIf | Should -BeNullOrEmpty
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}
