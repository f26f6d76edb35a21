BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $null = New-BwItem holder
    foreach ($name in 'a.txt', 'b.txt', 'c.bin', 'd[1].bin') {
        $path = Join-Path $TestDrive $name
        [IO.File]::WriteAllText($path, $name)
        Add-BwAttachment holder $path
    }
    function Get-Name { (Get-BwItem holder).Attachments.FileName | Sort-Object }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Remove-BwAttachment' {
    It '-WhatIf removes nothing' {
        Clear-ServerRequest $server
        Remove-BwAttachment holder * -WhatIf
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'where nobody can be asked nothing is removed' {
        Remove-BwAttachment holder a.txt -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'RemovalNotConfirmed,Bitwarden.PowerShell.Commands.RemoveBwAttachmentCommand'
        Get-Name | Should -Contain 'a.txt'
    }

    It 'removes what a pattern or a literal name means, for others too' {
        Remove-BwAttachment holder 'd[1].bin' -Confirm:$false
        Get-Name | Should -Be 'a.txt', 'b.txt', 'c.bin'
        Get-BwItem holder | Remove-BwAttachment -Name *.txt -Confirm:$false
        Get-Name | Should -Be 'c.bin'
        Sync-BwVault -Force
        Get-Name | Should -Be 'c.bin'
    }

    It 'a file that is not there is SecretNotFound, and the next one is removed' {
        Remove-BwAttachment holder none, c.bin -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'SecretNotFound,Bitwarden.PowerShell.Commands.RemoveBwAttachmentCommand'
        Get-Name | Should -BeNullOrEmpty
    }
}
