BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $other = Start-TestServer
    $account = Get-TestAccount $server weak@example.org
    # What is in TestDrive ends with each Describe.
    $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "bw-fallback-$([guid]::NewGuid())")
    $path = Join-Path $folder vault.copy
    $password = Get-MasterPassword weak@example.org
    $key = @{ ClientId = $account.clientId; ClientSecret = ConvertTo-TestSecret $account.clientSecret }

    function Connect-WithFallback([hashtable] $More = @{}, [string] $Path = $path) {
        $all = $key + @{ FallbackPath = $Path; WarningVariable = 'told'; WarningAction = 'SilentlyContinue' }
        foreach ($name in $More.Keys) { $all[$name] = $More[$name] }
        if (-not $all.Server) { $all.Server = $server.Url }
        $session = Connect-BwApiKey @all
        @{ Session = $session; Told = @($told | ForEach-Object { "$_" }) }
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
    Stop-TestServer $other
    Remove-Item $folder -Recurse
}

Describe 'Connect-BwApiKey -FallbackPath while the server is there' {
    BeforeEach {
        Clear-Fault $server
    }

    It 'warns that there is no copy yet' {
        $run = Connect-WithFallback
        $run.Session.CopyAge | Should -BeNullOrEmpty
        $run.Told | Should -BeLike 'If the server could not be reached now, there would be no copy to use.*'
    }

    It '-UpdateFallback writes one when the vault is unlocked, and after each sync' {
        $run = Connect-WithFallback @{ UpdateFallback = $true }
        $run.Told | Should -BeNullOrEmpty
        Test-Path $path | Should -BeFalse
        Unlock-BwVault $password -WarningVariable more
        $more | Should -BeNullOrEmpty
        $first = (Get-FileHash $path).Hash
        Sync-BwVault -Force
        (Get-FileHash $path).Hash | Should -Not -Be $first
        (Get-ChildItem $folder -Force).Name | Should -Be 'vault.copy'
    }

    It '-UpdateFallback replaces no other file, and says so' {
        $mine = Join-Path $TestDrive notes.txt
        Set-Content $mine 'mine'
        $run = Connect-WithFallback @{ UpdateFallback = $true } $mine
        Unlock-BwVault $password -WarningVariable more -WarningAction SilentlyContinue
        "$($run.Told)" | Should -BeLike '*no copy to use*notes.txt*'
        "$more" | Should -BeLike 'The copy of the vault was not brought up to date.*notes.txt*'
        Get-Content $mine | Should -Be 'mine'
        (Get-BwSession -Current).State | Should -Be 'Unlocked'
    }

    It '<Name> without -FallbackPath is FallbackPathMissing' -TestCases @(
        @{ Name = 'UpdateFallback'; More = @{ UpdateFallback = $true } }
        @{ Name = 'MaxAge'; More = @{ MaxAge = '1:00:00' } }
    ) {
        { Connect-BwApiKey $server.Url @key @More } | Should -Throw -ErrorId 'FallbackPathMissing,*'
    }

    It 'does not fall back when <Case>: <Id>' -TestCases @(
        @{ Case = 'the key is refused'; Id = 'ApiKeyRejected'; More = { @{ ClientSecret = ConvertTo-TestSecret wrong } } }
        @{ Case = 'the server asks to wait'; Id = 'RateLimited'; Fault = 'TooManyRequests' }
        @{ Case = 'something else answers'; Id = 'UnexpectedResponse'; Fault = 'Html' }
        @{ Case = 'the certificate is not trusted'; Id = 'TlsFailure'; More = { @{ Server = $server.HttpsUrl } } }
    ) {
        if ($Fault) { Add-Fault $server /identity/connect/token $Fault }
        $changes = if ($More) { & $More } else { @{} }
        { Connect-WithFallback $changes } | Should -Throw -ErrorId "$Id,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand"
    }

    It 'falls back when <Case>' -TestCases @(
        @{ Case = 'the server fails'; Endpoint = '/identity/connect/token'; Fault = 'ServerError' }
        @{ Case = 'the connection breaks'; Endpoint = '/identity/connect/token'; Fault = 'BrokenConnection' }
        @{ Case = 'the vault cannot be fetched'; Endpoint = '/api/sync'; Fault = 'ServerError' }
    ) {
        foreach ($time in 1..4) { Add-Fault $server $Endpoint $Fault }
        $run = Connect-WithFallback
        $run.Session.CopyAge | Should -Not -BeNullOrEmpty
        $run.Told.Count | Should -Be 2
        $run.Told[0] | Should -BeLike "*127.0.0.1*"
        $run.Told[1] | Should -BeLike 'The copy of the vault is used instead, just made.*'
    }

    It 'does not take a copy of another account or server' {
        $elsewhere = $account.clientId, (Get-TestAccount $server argon2@example.org).clientId
        Add-Fault $server /identity/connect/token ServerError
        { Connect-WithFallback @{ ClientId = $elsewhere[1] } } | Should -Throw -ErrorId 'OtherVaultCopy,*'
        Add-Fault $other /identity/connect/token ServerError
        { Connect-WithFallback @{ Server = $other.Url } } | Should -Throw -ErrorId 'OtherVaultCopy,*'
    }
}

Describe 'Connect-BwApiKey -FallbackPath once the server is killed' {
    BeforeAll {
        Stop-TestServer $server
    }

    It 'goes on with the copy, and says so' {
        $run = Connect-WithFallback @{ UpdateFallback = $true }
        $run.Session.State | Should -Be 'Locked'
        $run.Session.ClientId | Should -Be $account.clientId
        $run.Told[0] | Should -BeLike '*cannot be reached*'
        Unlock-BwVault $password
        Get-BwSecret small-sql -AsPlainText | Should -BeExactly $account.passwords.'small-sql'
    }

    It 'refuses a copy that is older than -MaxAge, after it has told why' {
        $quiet = @{ WarningVariable = 'told'; WarningAction = 'SilentlyContinue' }
        $failure = try { Connect-BwApiKey $server.Url @key -FallbackPath $path -MaxAge 0:00:00.001 @quiet } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'VaultCopyTooOld,*'
        "$told" | Should -BeLike '*cannot be reached*'
    }

    It 'fails for a copy that is not there' {
        { Connect-WithFallback @{} (Join-Path $TestDrive none.copy) } | Should -Throw -ErrorId 'FileUnusable,*'
    }
}
