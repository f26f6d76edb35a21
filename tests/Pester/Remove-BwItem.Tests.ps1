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

Describe 'Remove-BwItem' {
    It 'moves to the trash' {
        $null = New-BwItem 'to remove' -Username u
        Remove-BwItem 'to remove' | Should -BeNullOrEmpty
        Get-BwItem 'to remove' -ErrorAction Ignore | Should -BeNullOrEmpty
        (Get-BwItem 'to remove' -Trash).DeletedDate | Should -Not -BeNullOrEmpty
    }

    It 'many items go in one call' {
        $null = 1..20 | ForEach-Object { [pscustomobject]@{ Name = "many $_" } } | New-BwItem
        Clear-ServerRequest $server
        Get-BwItem 'many *' | Remove-BwItem
        @(Get-ServerRequest $server /api/ciphers).Count | Should -Be 1
        Get-BwItem 'many *' | Should -BeNullOrEmpty
        @(Get-BwItem 'many *' -Trash).Count | Should -Be 20
    }

    It '-Permanent deletes for good, from the trash too' {
        $null = New-BwItem gone -Username u
        Remove-BwItem gone -Permanent -Confirm:$false
        Get-BwItem gone -Trash -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-BwItem 'many *' -Trash | Remove-BwItem -Permanent -Confirm:$false
        Get-BwItem 'many *' -Trash | Should -BeNullOrEmpty
    }

    It '-Permanent by name does not reach into the trash' {
        Remove-BwItem trashed -Permanent -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'ItemNotFound,Bitwarden.PowerShell.Commands.RemoveBwItemCommand'
        Get-BwItem trashed -Trash | Should -Not -BeNullOrEmpty
    }

    It '-Permanent where nobody can be asked is RemovalNotConfirmed, and deletes nothing' {
        $run = Invoke-FreshPwsh -Server $server {
            $null = Connect-TestAccount $server -Unlock
            Clear-ServerRequest $server
            Remove-BwItem prod-web -Permanent -ErrorVariable failures -ErrorAction SilentlyContinue
            "$($failures[0].FullyQualifiedErrorId)", @(Get-ServerRequest $server).Count
        }
        $run.Result | Should -Be 'RemovalNotConfirmed,Bitwarden.PowerShell.Commands.RemoveBwItemCommand', 0
    }

    It '<What> sends nothing and asks nobody' -TestCases @(
        @{ What = '-WhatIf'; More = @{} }
        @{ What = '-WhatIf with -Permanent'; More = @{ Permanent = $true } }
    ) {
        Clear-ServerRequest $server
        Remove-BwItem prod-sql @More -WhatIf
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'one name that is wrong does not keep the others' {
        $null = New-BwItem 'still removed' -Username u
        Remove-BwItem no-such-item, 'still removed' -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 1
        Get-BwItem 'still removed' -Trash | Should -Not -BeNullOrEmpty
    }

    It 'an item that may only be read is ItemNotWritable, and nothing is sent' {
        $rights = @{ organizationId = (Get-BwOrganization 'Example Org').Id; name = 'Look only'; rights = @{ readOnly = $true } }
        $collection = (Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/collections' $rights).id
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/shared-items' @{
            name = 'look only'; username = 'u'; password = 'Only-looked-at'; collectionIds = @($collection)
        }
        Sync-BwVault -Force
        Clear-ServerRequest $server
        Remove-BwItem 'look only' -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ItemNotWritable,*'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}
