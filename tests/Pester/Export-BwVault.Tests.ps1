BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server weak@example.org -Unlock
    $folder = [IO.Directory]::CreateTempSubdirectory('bw-export-').FullName
    $path = Join-Path $folder vault.json
    $password = ConvertTo-TestSecret 'file password'
    function Get-ErrorId($Failures) { ($Failures[0].FullyQualifiedErrorId -split ',')[0] }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
    [IO.Directory]::Delete($folder, $true)
}

Describe 'Export-BwVault' {
    It 'writes a file with a password by itself, and says what is in it' {
        $summary = Export-BwVault $path -Password $password
        $summary | Should -BeOfType Bitwarden.Core.Sessions.ExportSummary
        $summary.Path, $summary.ItemCount | Should -Be $path, 1
        $written = Get-Content $path -Raw | ConvertFrom-Json
        $written.passwordProtected | Should -BeTrue
        $written.items | Should -BeNullOrEmpty
    }

    It 'needs a password for that' {
        { Export-BwVault (Join-Path $folder none.json) } | Should -Throw -ErrorId 'FilePasswordRequired,*'
    }

    It 'does not replace a file without -Force' {
        { Export-BwVault $path -Password $password } | Should -Throw -ErrorId 'FileExists,*'
        (Export-BwVault $path -Format AccountEncryptedJson -Force).ItemCount | Should -Be 1
        (Get-Content $path -Raw | ConvertFrom-Json).encrypted | Should -BeTrue
    }

    It 'asks before it writes <_> without encryption' -ForEach Json, Csv {
        $plain = Join-Path $folder "plain.$_"
        { Export-BwVault $plain -Format $_ } | Should -Throw -ErrorId 'ExportNotConfirmed,*'
        Test-Path $plain | Should -BeFalse
        (Export-BwVault $plain -Format $_ -Confirm:$false).ItemCount | Should -Be 1
        Get-Content $plain -Raw | Should -BeLike '*small-sql*'
    }

    It '-WhatIf writes nothing' {
        Export-BwVault (Join-Path $folder what.json) -Format Json -WhatIf | Should -BeNullOrEmpty
        Test-Path (Join-Path $folder what.json) | Should -BeFalse
    }

    It 'wants the master password where an item does' {
        $null = New-BwItem guarded -Reprompt
        $guarded = Join-Path $folder guarded.json
        { Export-BwVault $guarded -Password $password } | Should -Throw -ErrorId 'RepromptRequired,*'
        Test-Path $guarded | Should -BeFalse
        (Export-BwVault $guarded -Password $password -SkipReprompt).ItemCount | Should -Be 2
    }

    It 'an organization that is not there is OrganizationNotFound' {
        { Export-BwVault (Join-Path $folder org.json) -Organization nobody -Password $password } | Should -Throw -ErrorId 'OrganizationNotFound,*'
    }
}

Describe 'Export-BwVault of a vault with more in it' {
    BeforeAll {
        $main = Connect-TestAccount $server pbkdf2@example.org -Unlock
    }

    It 'warns of files, and of what a table cannot hold' {
        $csv = Join-Path $folder main.csv
        $summary = Export-BwVault $csv -Format Csv -Session $main -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        $summary.LeftOutCount | Should -BeGreaterThan 0
        $warnings.Count | Should -Be 2
        "$warnings" | Should -BeLike '*1 attachments*Get-BwAttachment*'
    }

    It 'writes what an organization has' {
        $organization = Join-Path $folder org.json
        (Export-BwVault $organization -Format Json -Organization 'Example Org' -Session $main -Confirm:$false).ItemCount | Should -Be 3
        (Get-Content $organization -Raw | ConvertFrom-Json).collections.name | Should -Be 'Production'
    }

    It 'names what cannot be read, and writes nothing unless it may be left out' {
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/broken-item'
        Sync-BwVault -Session $main
        $broken = Join-Path $folder broken.json
        { Export-BwVault $broken -Format AccountEncryptedJson -Session $main -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'ExportIncomplete,*'
        Test-Path $broken | Should -BeFalse
        $more = @{ ErrorVariable = 'failures'; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $null = Export-BwVault $broken -Format AccountEncryptedJson -Session $main -SkipUnreadable @more
        Get-ErrorId $failures | Should -Be 'DecryptionFailed'
        $failures[0].TargetObject | Should -Be 'broken'
        Test-Path $broken | Should -BeTrue
    }
}
