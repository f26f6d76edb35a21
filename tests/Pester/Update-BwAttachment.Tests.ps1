BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $null = New-BwItem holder
    $path = Join-Path $TestDrive new.txt
    [IO.File]::WriteAllText($path, 'new')
    Add-BwAttachment holder $path
    foreach ($name in 'a.txt', 'b.txt', 'c[1].bin') {
        $content = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("content of $name"))
        $null = Invoke-TestServer $server POST "/accounts/pbkdf2@example.org/items/$((Get-BwItem holder).Id)/old-files" @{ name = $name; content = $content }
    }
    Sync-BwVault -Force
    function Get-Old { (Get-BwItem holder).Attachments | Where-Object HasOwnKey -EQ $false | ForEach-Object FileName | Sort-Object }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Update-BwAttachment' {
    It 'old files are read as the others' {
        Get-Old | Should -Be 'a.txt', 'b.txt', 'c[1].bin'
        [Text.Encoding]::UTF8.GetString((Get-BwAttachment holder a.txt)) | Should -Be 'content of a.txt'
    }

    It '-WhatIf does nothing, and leaves out those that have a key' {
        Clear-ServerRequest $server
        Update-BwAttachment holder -WhatIf
        Get-ServerRequest $server | Should -BeNullOrEmpty
        Update-BwAttachment holder new.txt -Verbose 4>&1 | Should -BeLike "*'new.txt'*has a key of its own already*"
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'a fault leaves the old file and goes on with the next' {
        Add-Fault $server "/api/ciphers/$((Get-BwItem holder).Id)/attachment/v2" ServerError
        Update-BwAttachment holder a.txt, none -ErrorVariable failures -ErrorAction SilentlyContinue
        Clear-Fault $server
        $failures.FullyQualifiedErrorId | ForEach-Object { $_ -replace ',.*' } | Sort-Object | Should -Be 'SecretNotFound', 'WriteUncertain'
        Get-Old | Should -Be 'a.txt', 'b.txt', 'c[1].bin'
    }

    It 'renews what a literal name means, then all that is left' {
        Update-BwAttachment holder 'c[1].bin' | Should -BeNullOrEmpty
        Get-Old | Should -Be 'a.txt', 'b.txt'
        Get-BwItem holder | Update-BwAttachment
        Get-Old | Should -BeNullOrEmpty
        Sync-BwVault -Force
        $files = (Get-BwItem holder).Attachments
        $files.FileName | Sort-Object | Should -Be 'a.txt', 'b.txt', 'c[1].bin', 'new.txt'
        [Text.Encoding]::UTF8.GetString((Get-BwAttachment holder 'c[1].bin')) | Should -Be 'content of c[1].bin'
    }
}
