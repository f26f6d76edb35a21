BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $seed = 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=2&digits=8'
    $null = New-BwItem quick -Username ada -Totp (ConvertTo-TestSecret $seed)
    $null = New-BwItem steam -Totp (ConvertTo-TestSecret 'steam://HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ')
    $null = New-BwItem counter -Totp (ConvertTo-TestSecret 'otpauth://hotp/x?secret=GEZDGNBV')
    $null = New-BwItem 'no secret' -Totp (ConvertTo-TestSecret '1890!')
    $null = New-BwItem guarded -Totp (ConvertTo-TestSecret $seed) -Reprompt

    # Of the same window as Get-BwSecret's: the next one when a window ended between the two.
    function Get-CodePair([string] $Name) {
        for ($try = 0; $try -lt 5; $try++) {
            $code = Get-BwTotp $Name -AsPlainText
            $secret = Get-BwSecret "$Name#totp" -AsPlainText
            if ([datetimeoffset]::UtcNow -lt $code.ValidUntil) { return $code, $secret }
        }
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Get-BwTotp' {
    It 'gives the code of Get-BwSecret with the time that it counts' {
        $code, $secret = Get-CodePair prod-sql
        $code | Should -BeOfType Bitwarden.PowerShell.TotpCode
        $code.Code | Should -BeExactly $secret
        $code.Code | Should -Match '^\d{6}$'
        $code.Name, $code.Period | Should -Be 'prod-sql', 30
        $code.SecondsLeft | Should -BeIn (1..30)
        $code.ValidUntil.ToUnixTimeSeconds() % 30 | Should -Be 0
    }

    It 'gives a SecureString, which no view shows' {
        $code = Get-BwTotp steam
        $code.Code | Should -BeOfType securestring
        $text = ConvertFrom-SecureString $code.Code -AsPlainText
        $text | Should -Match '^[23456789BCDFGHJKMNPQRTVWXY]{5}$'
        foreach ($view in { $code | Format-Table }, { $code | Format-List }, { "$code" }, { ConvertTo-Json $code -Depth 4 }) {
            & $view | Out-String | Should -Not -BeLike "*$text*"
        }
        $code | Format-Table | Out-String | Should -Match '••••••••'
    }

    It 'shows the code that was asked for as text' {
        $code = Get-BwTotp prod-sql -AsPlainText
        $code | Out-String | Should -Match "\b$($code.Code)\b"
        "$code" | Should -Be 'prod-sql'
    }

    It 'takes references, ids and items' {
        (Get-BwTotp bw://Work/prod-sql#totp, 'Work/prod-sql', (Get-BwItem prod-sql).Id).Name | Should -Be 'prod-sql', 'prod-sql', 'prod-sql'
        (Get-BwItem prod-sql, steam | Get-BwTotp).Name | Should -Be 'prod-sql', 'steam'
        (Get-BwTotp -Item (Get-BwItem steam)).Name | Should -Be 'steam'
        ('prod-sql', 'steam' | Get-BwTotp).Name | Should -Be 'prod-sql', 'steam'
        ($session | Get-BwTotp prod-sql).Name | Should -Be 'prod-sql'
    }

    It '-WaitForNext gives another code, with its whole period before it, and several wait together' {
        $now = Get-BwTotp quick -AsPlainText
        $timer = [Diagnostics.Stopwatch]::StartNew()
        $next = Get-BwTotp quick, quick -WaitForNext -AsPlainText
        $timer.Elapsed.TotalSeconds | Should -BeLessThan 3.5
        $next[0].ValidUntil | Should -BeGreaterThan $now.ValidUntil
        $next[0].Code | Should -Not -Be $now.Code
        $next[0].SecondsLeft | Should -Be 2
    }

    It '<What> is InvalidTotp, and the next name follows' -TestCases @(
        @{ What = 'counter' }
        @{ What = 'no secret' }
        @{ What = 'recovery codes' }
        @{ What = 'quick#username' }
    ) {
        $codes = Get-BwTotp $What, prod-sql -ErrorVariable failures -ErrorAction SilentlyContinue
        $codes.Name | Should -Be 'prod-sql'
        $failures[0].FullyQualifiedErrorId | Should -Be 'InvalidTotp,Bitwarden.PowerShell.Commands.GetBwTotpCommand'
        "$($failures[0])" | Should -Not -Match 'GEZDGNBV|1890'
    }

    It 'an item that wants the master password again wants it here' {
        (Get-BwTotp guarded -SkipReprompt).Name | Should -Be 'guarded'
        (Get-BwTotp guarded -MasterPassword (Get-MasterPassword)).Name | Should -Be 'guarded'
        { Get-BwTotp guarded -MasterPassword (ConvertTo-TestSecret wrong) } | Should -Throw -ErrorId 'InvalidMasterPassword,*'
        $run = Invoke-FreshPwsh -Server $server {
            $null = Connect-TestAccount $server -Unlock
            $output = Get-BwTotp guarded -ErrorAction SilentlyContinue
            "$output", ($Error[0].FullyQualifiedErrorId -split ',')[0]
        }
        $run.Result | Should -Be '', 'RepromptRequired'
    }

    It 'asks the server nothing' {
        Clear-ServerRequest $server
        $null = Get-BwTotp prod-sql
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'fails with VaultLocked when the vault is locked' {
        Lock-BwVault
        { Get-BwTotp prod-sql } | Should -Throw -ErrorId 'VaultLocked,Bitwarden.PowerShell.Commands.GetBwTotpCommand'
    }
}
