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

Describe 'Set-BwFolder' {
    It 'renames, and keeps the items' {
        $id = (New-BwFolder Old).Id
        $null = New-BwItem 'in the folder' -Folder Old
        $folder = Set-BwFolder Old New -PassThru
        $folder.Id, $folder.Name, $folder.ItemCount | Should -Be $id, 'New', 1
        (Get-BwItem 'in the folder').Folder | Should -Be 'New'
    }

    It 'takes a folder from the pipeline, and writes nothing' {
        New-BwFolder Piped | Set-BwFolder -NewName 'Piped on' | Should -BeNullOrEmpty
        (Get-BwFolder 'Piped on').Name | Should -Be 'Piped on'
    }

    It 'the casing of a name can change' {
        (Set-BwFolder 'Piped on' 'PIPED ON' -PassThru).Name | Should -BeExactly 'PIPED ON'
    }

    It '<What> is <Id>, and nothing is sent' -TestCases @(
        @{ What = 'a name that is there'; Name = 'Work'; NewName = 'Private'; Id = 'InvalidItem' }
        @{ What = 'a folder that is not there'; Name = 'Nowhere'; NewName = 'x'; Id = 'FolderNotFound' }
    ) {
        Clear-ServerRequest $server
        Set-BwFolder $Name $NewName -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,Bitwarden.PowerShell.Commands.SetBwFolderCommand"
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It '-WhatIf sends nothing' {
        Clear-ServerRequest $server
        Set-BwFolder Work Elsewhere -WhatIf
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}
