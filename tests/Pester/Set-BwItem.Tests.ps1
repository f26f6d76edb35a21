BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $secret = ConvertTo-TestSecret 'Made-up 1'
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Set-BwItem' {
    BeforeEach {
        # Servers do not tell versions apart that follow each other within a second; without this each change would wait.
        Move-ServerClock $server 5
        Sync-BwVault -Force
    }

    It 'changes what is given, and nothing else' {
        $before = Get-BwItem prod-sql
        $values = @{}
        foreach ($name in $before.Values.Keys) { $values[$name] = $before.Values[$name].RevealText() }
        $item = Set-BwItem prod-sql -Username someone -PassThru
        $item.Username | Should -BeExactly 'someone'
        $item.Uris | Should -Be $before.Uris
        $item.Folder, $item.Favorite | Should -Be $before.Folder, $before.Favorite
        foreach ($name in $values.Keys | Where-Object { $_ -ne 'username' }) { $item.Values[$name].RevealText() | Should -BeExactly $values[$name] }
        @($item.Fields).Count | Should -Be @($before.Fields).Count
        (Get-BwItem prod-sql).Username | Should -BeExactly 'someone'
    }

    It 'writes nothing without -PassThru' {
        Set-BwItem prod-api -Username quiet | Should -BeNullOrEmpty
        (Get-BwItem prod-api).Username | Should -Be 'quiet'
    }

    It 'asks the server nothing where nothing would change' {
        $username = (Get-BwItem prod-api).Username
        Clear-ServerRequest $server
        Set-BwItem prod-api -Username $username
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'takes items from the pipeline' {
        Get-BwItem prod-web, prod-api | Set-BwItem -Notes 'seen'
        (Get-BwItem prod-web, prod-api).Notes | ForEach-Object { $_.RevealText() } | Should -Be 'seen', 'seen'
    }

    It '-NewName renames' {
        $id = (New-BwItem 'first name' -Username u).Id
        (Set-BwItem 'first name' -NewName 'second name' -PassThru).Id | Should -Be $id
        (Get-BwItem 'second name').Id | Should -Be $id
        Get-BwItem 'first name' -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It '<What> takes a value away' -TestCases @(
        @{ What = 'an empty text'; Value = { '' } }
        @{ What = 'null'; Value = { $null } }
    ) {
        $null = New-BwItem "clear $What" -Username u -Password $secret -Notes n -Uri https://a.example -Folder Work
        $value = & $Value
        $item = Set-BwItem "clear $What" -Username $value -Password $value -Notes $value -Uri $value -Folder $value -PassThru
        $item.Username, $item.Password, $item.Notes, $item.Folder | Should -Be $null, $null, $null, $null
        @($item.Uris).Count | Should -Be 0
    }

    It 'an empty SecureString and an empty list take a value away' {
        $null = New-BwItem 'clear secret' -Password $secret -Uri https://a.example
        $item = Set-BwItem 'clear secret' -Password ([securestring]::new()) -Uri @() -PassThru
        $item.Password | Should -BeNullOrEmpty
        @($item.Uris).Count | Should -Be 0
    }

    It 'white space takes nothing away, and is an error' {
        Set-BwItem prod-web -Username ' ' -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidItem,*'
        (Get-BwItem prod-web).Username | Should -Not -BeNullOrEmpty
    }

    It 'fields are changed, added and removed' {
        $null = New-BwItem fielded -Note -Field @{ stays = 's'; pin = $secret; goes = 'g' }
        $item = Set-BwItem fielded -Field @{ pin = 'Made-up 2'; goes = $null; comes = $true } -PassThru
        $item.Fields | ForEach-Object { "$($_.Name) $($_.Type) $($_.Value.RevealText())" } | Sort-Object |
            Should -Be 'comes Boolean true', 'pin Hidden Made-up 2', 'stays Text s'
    }

    It '-Archive moves to the archive and back' {
        $null = New-BwItem 'archive me' -Username u
        (Set-BwItem 'archive me' -Archive -PassThru).ArchivedDate | Should -Not -BeNullOrEmpty
        (Set-BwItem 'archive me' -Archive:$false -PassThru).ArchivedDate | Should -BeNullOrEmpty
    }

    It '-Favorite:$false takes the mark away' {
        $null = New-BwItem marked -Favorite
        (Set-BwItem marked -Favorite:$false -PassThru).Favorite | Should -BeFalse
    }

    It 'a value of another kind is InvalidItem' {
        Set-BwItem prod-web -Iban $secret -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidItem,*'
    }

    It 'what two kinds have is no ambiguity' {
        $null = New-BwItem 'a licence' -DriversLicense -FirstName Ada
        (Set-BwItem 'a licence' -FirstName Grace -IssueDate 2030-01-01 -PassThru).Values['firstName'].RevealText() | Should -Be 'Grace'
    }

    It 'nothing to change is InvalidItem' {
        Set-BwItem prod-web -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidItem,*'
    }

    It '<Name> is <Id>' -TestCases @(
        @{ Name = 'no-such-item'; Id = 'ItemNotFound' }
        @{ Name = 'duplicate'; Id = 'AmbiguousName' }
        @{ Name = 'trashed'; Id = 'ItemNotFound' }
    ) {
        Set-BwItem $Name -Notes x -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,Bitwarden.PowerShell.Commands.SetBwItemCommand"
    }

    It '-WhatIf sends nothing, and names fields without their values' {
        $run = Invoke-FreshPwsh -Server $server {
            $null = Connect-TestAccount $server -Unlock
            Clear-ServerRequest $server
            Set-BwItem prod-sql -Username Hidden-user -Password (ConvertTo-TestSecret 'Hidden-value') -Field @{ k = 'Field-value' } -WhatIf
            @(Get-ServerRequest $server).Count
        }
        $run.Result | Should -Be 0
        $run.Output | Should -BeLike "*Change username, password, field:k*Login 'prod-sql'*"
        $run.Output | Should -Not -Match 'Hidden-value|Field-value|Hidden-user'
    }
}

Describe 'Set-BwItem after somebody else' {
    BeforeAll {
        # A second session of an account takes the place of the first one where that is current.
        $null = Connect-TestAccount $server argon2@example.org
        $other = Connect-TestAccount $server -Unlock
        Select-BwSession $session
    }

    BeforeEach {
        $null = New-BwItem contested -Username before -Notes before
        Sync-BwVault -Force -Session $other
        Move-ServerClock $server 10
        Set-BwItem contested -Notes 'of the other' -Session $other
        Move-ServerClock $server 10
    }

    AfterEach {
        Get-BwItem contested | Remove-BwItem -Permanent -Confirm:$false
    }

    It 'is ItemChanged with what differs, and loses nothing' {
        Set-BwItem contested -Username mine -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'ItemChanged,Bitwarden.PowerShell.Commands.SetBwItemCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'WriteError'
        $failures[0].Exception.Message | Should -BeLike '*Different: notes.*-Force*'
        $failures[0].Exception.Message | Should -Not -Match 'of the other|mine'
        $item = Get-BwItem contested
        $item.Username, $item.Notes.RevealText() | Should -Be 'before', 'of the other'
    }

    It '-Force applies the change to the newest' {
        $item = Set-BwItem contested -Username mine -Force -PassThru
        $item.Username, $item.Notes.RevealText() | Should -Be 'mine', 'of the other'
    }
}

Describe 'Set-BwItem with a lock' {
    It 'fails with VaultLocked' {
        Lock-BwVault
        { Set-BwItem prod-sql -Username u } | Should -Throw -ErrorId 'VaultLocked,*'
    }
}
