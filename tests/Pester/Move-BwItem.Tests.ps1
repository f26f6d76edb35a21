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

Describe 'Move-BwItem' {
    It 'moves to a folder and out of it' {
        (Move-BwItem prod-web Private -PassThru).Folder | Should -Be 'Private'
        (Get-BwItem prod-web).Folder | Should -Be 'Private'
        (Move-BwItem prod-web -NoFolder -PassThru).Folder | Should -BeNullOrEmpty
    }

    It 'takes items from the pipeline, in one call' {
        $null = 1..5 | ForEach-Object { [pscustomobject]@{ Name = "movable $_" } } | New-BwItem
        Clear-ServerRequest $server
        Get-BwItem 'movable *' | Move-BwItem -Folder Work | Should -BeNullOrEmpty
        @(Get-ServerRequest $server /api/ciphers).Count | Should -Be 1
        @(Get-BwItem 'movable *' -Folder Work).Count | Should -Be 5
    }

    It 'gives items to an organization' {
        $null = New-BwItem 'to share' -Username u -Password (ConvertTo-TestSecret 'Shared-1')
        $item = Move-BwItem 'to share' -Collection Production -Organization 'Example Org' -PassThru
        $item.Organization, $item.Collections | Should -Be 'Example Org', 'Production'
        $item.Password.RevealText() | Should -BeExactly 'Shared-1'
    }

    It 'puts an item of an organization into other collections' {
        $rights = @{ organizationId = (Get-BwOrganization 'Example Org').Id; name = 'Second' }
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/collections' $rights
        Sync-BwVault -Force
        (Move-BwItem org-web -Collection Second -PassThru).Collections | Should -Be 'Second'
        (Move-BwItem org-web -Collection Second, Production -PassThru).Collections | Sort-Object | Should -Be 'Production', 'Second'
    }

    It 'an item of another organization is ItemNotWritable' {
        $other = (Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/organizations' @{ name = 'Other Org' }).id
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/collections' @{ organizationId = $other; name = 'Theirs' }
        Sync-BwVault -Force
        Move-BwItem org-sql -Collection Theirs -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'ItemNotWritable,Bitwarden.PowerShell.Commands.MoveBwItemCommand'
    }

    It 'collections of two organizations are InvalidItem' {
        Move-BwItem prod-sql -Collection Theirs, Production -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidItem,*'
    }

    It '<What> is <Id>' -TestCases @(
        @{ What = 'a folder that is not there'; More = @{ Folder = 'Nowhere' }; Id = 'FolderNotFound' }
        @{ What = 'a collection that is not there'; More = @{ Collection = 'Nowhere' }; Id = 'CollectionNotFound' }
        @{ What = 'an organization that is not there'; More = @{ Collection = 'Production'; Organization = 'Nowhere' }; Id = 'OrganizationNotFound' }
    ) {
        Clear-ServerRequest $server
        Move-BwItem prod-sql @More -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,Bitwarden.PowerShell.Commands.MoveBwItemCommand"
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It '-WhatIf sends nothing' {
        Clear-ServerRequest $server
        Move-BwItem prod-sql -NoFolder -WhatIf
        Move-BwItem prod-sql -Collection Production -WhatIf
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}
