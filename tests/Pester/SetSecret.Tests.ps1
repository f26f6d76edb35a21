# Set-Secret of the real SecretManagement. Facts are those of docs/secretmanagement.md. One child process for the many cases, since each costs seconds.

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
    $run = Invoke-FreshPwsh -Server $server {
        # What a call wrote to any stream but its value, and how it ended.
        function Get-Problem([scriptblock] $Script) {
            $terminated = $false
            $output = try { & $Script *>&1 } catch { $terminated = $true; $_ }
            $errors = @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
            @{
                Ids = @($errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }); Messages = @($errors | ForEach-Object ToString)
                Terminated = $terminated; Inner = @($errors | ForEach-Object { $_.Exception.Data['ErrorId'] })
                Other = @($output | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] } | ForEach-Object { "$_" })
            }
        }
        # A value as text that tells types apart.
        function Format-Secret($Value) {
            if ($null -eq $Value) { return 'nothing' }
            if ($Value -is [securestring]) { return "text:$([Net.NetworkCredential]::new('', $Value).Password)" }
            if ($Value -is [pscredential]) { return "credential:$($Value.UserName)/$($Value.GetNetworkCredential().Password)" }
            if ($Value -is [byte[]]) { return "bytes:$([Convert]::ToBase64String($Value))" }
            if ($Value -is [hashtable]) { return "table:$(@($Value.Keys | Sort-Object | ForEach-Object { "$_=$(Format-Secret $Value[$_])" }) -join ';')" }
            "$($Value.GetType().Name):$Value"
        }
        function Read-Secret($Name) { $value = Get-Secret $Name -Vault Work -ErrorAction SilentlyContinue; Format-Secret $value }
        # Servers do not tell versions apart that follow each other within a second; without this each change would wait.
        function Skip-Second { Move-ServerClock $server 5 }
        function Write-Secret($Name, $Value, [hashtable] $More = @{}) {
            Skip-Second
            Get-Problem { Set-Secret -Name $Name -Secret $Value -Vault Work @More }
        }
        function ConvertTo-Credential($Name, $Text) { [pscredential]::new($Name, $(if ($Text) { ConvertTo-TestSecret $Text } else { [securestring]::new() })) }

        $null = Connect-TestAccount $server -Unlock
        Register-SecretVault Work -ModuleName $moduleFolder
        $pem = "-----BEGIN-----`r`nline ü`n-----END-----`r`n"
        $values = [ordered]@{
            'a word'               = 'w'
            'blanks around'        = '  a b  '
            'Unicode'              = "ü € 😀 $([char]0x202e)x"
            'a quote and a number' = "it's #1 `"x`" `$env:HOME"
            'lines'                = $pem
            'SecureString'         = ConvertTo-TestSecret 'secure ü'
            'longest line'         = 'x' * 3695
            'longest Unicode line' = ('ü' * 1847) + 'x'
            'longer than a line'   = 'x' * 3696
            'longest text'         = 'x' * 7439
            'credential'           = ConvertTo-Credential 'DOM\bob' 'p ü'
            'credential without'   = ConvertTo-Credential 'bob' ''
            'longest user name'    = ConvertTo-Credential ('u' * 687) 'p'
            'bytes'                = [byte[]](0, 1, 127, 128, 255)
            'no bytes'             = [byte[]]@()
            'most bytes'           = [byte[]](@(7) * 5577)
            'table'                = @{ user = 'u ü'; pin = (ConvertTo-TestSecret 1234); raw = [byte[]](0, 255); none = [byte[]]@()
                cred = (ConvertTo-Credential bob p)
                                        empty = ''; lines = $pem; Notes = 'n'; 'a b#c/d' = 'odd' }
            'longest key'          = @{ ('k' * 678) = 'v' }
            'longest value'        = @{ key = 'v' * 3695; raw = [byte[]](@(1) * 2769) }
        }
        $round = @{}
        foreach ($name in $values.Keys) {
            $value = $values[$name]
            $problem = Write-Secret $name $value
            $round[$name] = @{ Problem = $problem; Read = Read-Secret $name; Info = "$((Get-SecretInfo $name -Vault Work).Type)"
                Kind = "$((Get-BwItem $name).Type)" }
        }
        $round['wrapped'] = @{ Problem = Write-Secret 'wrapped' (@{ a = [psobject]::AsPSObject('v'); b = Write-Output ([byte[]](1, 2)) -NoEnumerate })
            Read = Read-Secret wrapped }
        $given = $values['table'].pin
        $refused = @{}
        foreach ($case in @(
                @{ Name = 'number'; Value = 5 }, @{ Name = 'date'; Value = [datetime]::UtcNow }, @{ Name = 'char'; Value = [char]'c' }
                @{ Name = 'true'; Value = $true }, @{ Name = 'texts'; Value = 'a', 'b' }, @{ Name = 'ordered'; Value = [ordered]@{ a = 'b' } }
                @{ Name = 'object'; Value = [pscustomobject]@{ a = 'b' } }, @{ Name = 'one byte'; Value = [byte]1 }
                @{ Name = 'wrapped bytes'; Value = @([byte]1, [byte]2) }, @{ Name = 'empty text'; Value = '' }
                @{ Name = 'empty SecureString'; Value = [securestring]::new() }, @{ Name = 'empty credential'; Value = [pscredential]::Empty }
                @{ Name = 'empty table'; Value = @{} }, @{ Name = 'nested'; Value = @{ a = @{ b = 'c' } } }, @{ Name = 'number inside'; Value = @{ a = 1 } }
                @{ Name = 'null inside'; Value = @{ a = $null } }, @{ Name = 'list inside'; Value = @{ a = 'b', 'c' } }
                @{ Name = 'number key'; Value = @{ 1 = 'a' } }
                @{ Name = 'empty key'; Value = @{ '' = 'a' } }, @{ Name = 'reserved key'; Value = @{ PowerShell = 'a' } }
                @{ Name = 'empty credential inside'; Value = @{ a = [pscredential]::Empty } }
                @{ Name = 'credential meets key'; Value = @{ a = (ConvertTo-Credential x p); 'a:username' = 'y' } }
                @{ Name = 'case'; Value = & { $table = [hashtable]::new([StringComparer]::Ordinal); $table['a'] = '1'; $table['A'] = '2'; $table } }
                @{ Name = 'text over'; Value = 'x' * 7440 }, @{ Name = 'Unicode over'; Value = 'ü' * 3720 }
                @{ Name = 'user over'; Value = ConvertTo-Credential ('u' * 688) p }
                @{ Name = 'password over'; Value = ConvertTo-Credential u ('p' * 3696) }, @{ Name = 'bytes over'; Value = [byte[]](@(7) * 5578) }
                @{ Name = 'key over'; Value = @{ ('k' * 679) = 'v' } }, @{ Name = 'value over'; Value = @{ k = 'v' * 3696 } }
                @{ Name = 'many keys'; Value = & { $table = @{}; 1..400 | ForEach-Object { $table["key number $_"] = 'v' }; $table } }
                @{ Name = 'half a character'; Value = "Leaky-1$([char]0xd83d)" }
                @{ Name = 'metadata list'; Value = 'Leaky-1'; More = @{ Metadata = @{ a = 'b', 'c' } } }
                @{ Name = 'metadata null'; Value = 'Leaky-1'; More = @{ Metadata = @{ a = $null } } }
                @{ Name = 'metadata flag'; Value = 'Leaky-1'; More = @{ Metadata = @{ a = $true } } }
                @{ Name = 'metadata folder'; Value = 'Leaky-1'; More = @{ Metadata = @{ Folder = 'nowhere' } } }
                @{ Name = 'metadata key'; Value = 'Leaky-1'; More = @{ Metadata = @{ 1 = 'x' } } }
                @{ Name = 'n' * 688; Value = 'Leaky-1' }, @{ Name = '   '; Value = 'Leaky-1' })) {
            $more = if ($case.More) { $case.More } else { @{} }
            Clear-ServerRequest $server
            $refused[$case.Name] = Write-Secret $case.Name $case.Value $more
            $refused[$case.Name].Writes = @(Get-ServerRequest $server | Where-Object method -NE GET).Count
        }
        $refused['piped bytes'] = Get-Problem { [byte[]](1, 2) | Set-Secret 'piped bytes' -Vault Work }
        $madeByRefusal = @(Get-BwItem | Where-Object Name -In $refused.Keys | ForEach-Object Name)

        # Names.
        $names = @{}
        foreach ($name in 'Work/in a folder', 'Nowhere/slash', 'c# tool', 'x*', 'a[b]', "it's", 'ends/', 'bw://Work/by%20reference',
            'name (with) parts', 'semi;colon & "quote"') {
            $names[$name] = @{ Problem = Write-Secret $name 'v'; Read = Read-Secret $name; NoClobber = (Write-Secret $name 'w' @{ NoClobber = $true }).Ids }
        }
        $places = @{
            Folder = (Get-BwItem 'in a folder').Folder; Slash = (Get-BwItem 'Nowhere/slash').Name; Reference = (Get-BwItem 'by reference').Folder
            Literal = @(Get-BwItem | Where-Object Name -EQ 'x*').Count
        }
        $absent = @{}
        foreach ($name in 'nobody#password', 'nobody#NOTES', 'nobody#field:x', 'nobody#attachment:f', 'nobody#uri', 'bw://nobody#password',
            'bw://nobody%23password',
            'bw://Nowhere/x', 'bw://', '11111111-2222-3333-4444-555555555555', 'duplicate', 'duplicate#password', 'trashed#password') {
            $absent[$name] = Write-Secret $name 'Leaky-1'
        }
        # An item in the trash does not stand in the way of a new one.
        $trashed = @{ Problem = Write-Secret trashed v; Read = Read-Secret trashed }

        # What is over-written, and what is not.
        $over = @{}
        foreach ($case in @(
                @{ Name = 'prod-sql'; Value = 'new password' }, @{ Name = 'prod-web'; Value = ConvertTo-Credential 'someone' 'else' }
                @{ Name = 'token-only'; Value = 'new token' }, @{ Name = 'recovery codes'; Value = "new`ncodes" }
                @{ Name = 'recovery codes'; Key = 'note as table'; Value = @{ a = 'b' } }
                @{ Name = 'recovery codes'; Key = 'note as bytes'; Value = [byte[]](1, 2) }
                @{ Name = 'recovery codes'; Key = 'note as credential'; Value = ConvertTo-Credential a b }
                @{ Name = 'prod-api'; Key = 'login as table'; Value = @{ password = 'b' } }
                @{ Name = 'prod-api'; Key = 'login as bytes'; Value = [byte[]](1, 2) }
                @{ Name = 'prod-api'; Key = 'login too long'; Value = 'x' * 3696 }
                @{ Name = 'company card'; Key = 'card as text'; Value = 'x' }, @{ Name = 'table'; Key = 'table as text'; Value = 'x' }
                @{ Name = 'bytes'; Key = 'bytes as text'; Value = 'x' }, @{ Name = 'bytes'; Key = 'bytes as table'; Value = @{ a = 'b' } }
                @{ Name = 'bytes'; Value = [byte[]](9, 9) }, @{ Name = 'org-hidden'; Value = 'x' }
                @{ Name = 'company card'; Value = @{ NUMBER = '4242'; extra = 'more'; raw = [byte[]](1, 2); brand = $null } }
                @{ Name = 'company card'; Key = 'card empty'; Value = @{ number = '' } }
                @{ Name = 'company card'; Key = 'card bytes'; Value = @{ number = [byte[]](1, 2) } }
                @{ Name = 'table'; Value = @{ user = 'u2'; fresh = 'f'; cred = 'no credential now' } }
                @{ Name = 'a word'; Value = 'second' }, @{ Name = 'lines'; Value = 'one line now' })) {
            $key = if ($case.Key) { $case.Key } else { $case.Name }
            $over[$key] = @{ Problem = Write-Secret $case.Name $case.Value; Read = Read-Secret $case.Name }
        }
        $again = Get-BwItem 'prod-sql'
        $tableFields = @((Get-BwItem table).Fields.Name)

        # One value.
        $selected = @{}
        foreach ($case in @(
                @{ Name = 'prod-sql#username'; Value = 'set by selector' }, @{ Name = 'prod-sql#notes'; Value = "two`nlines" }
                @{ Name = 'prod-sql#field:environment'; Value = 'test' }, @{ Name = 'prod-sql#api-key'; Value = ConvertTo-TestSecret 'by plain name' }
                @{ Name = 'prod-sql#field:made here'; Value = 'm' }, @{ Name = 'prod-sql#uri'; Value = 'https://first.example/' }
                @{ Name = 'company card#code'; Value = '999' }, @{ Name = 'bw://Work/prod-sql#password'; Value = 'by reference' }
                @{ Name = 'prod-sql#attachment:new.bin'; Value = [byte[]](1, 2, 3) }
                @{ Name = 'prod-sql#attachment:NEW.bin'; Key = 'second file'; Value = [byte[]](4, 5) }
                @{ Name = 'prod-sql#nothing'; Value = 'Leaky-1' }, @{ Name = 'prod-sql#iban'; Value = 'Leaky-1' }
                @{ Name = 'prod-sql#field:login name'; Value = 'Leaky-1' }
                @{ Name = 'prod-sql#field:rotated'; Value = 'Leaky-1' }, @{ Name = 'prod-sql#field:'; Value = 'Leaky-1' }
                @{ Name = 'table#powershell'; Value = 'Leaky-1' }, @{ Name = 'prod-sql#field:PowerShell'; Value = 'Leaky-1' }
                @{ Name = 'prod-sql#password'; Key = 'selector credential'; Value = ConvertTo-Credential a b }
                @{ Name = 'prod-sql#password'; Key = 'selector table'; Value = @{ a = 'b' } }
                @{ Name = 'prod-sql#password'; Key = 'selector bytes'; Value = [byte[]](1, 2) }
                @{ Name = 'prod-sql#attachment:new.bin'; Key = 'file text'; Value = 'Leaky-1' }
                @{ Name = 'prod-sql#username'; Key = 'selector over'; Value = 'u' * 688 }
                @{ Name = 'prod-sql#username'; Key = 'selector empty'; Value = '' }, @{ Name = 'bytes#notes'; Value = 'Leaky-1' })) {
            $key = if ($case.Key) { $case.Key } else { $case.Name }
            $selected[$key] = @{ Problem = Write-Secret $case.Name $case.Value; Read = Read-Secret $case.Name }
        }
        $afterSelectors = Get-BwItem prod-sql
        @{
            Round = $round; Refused = $refused; MadeByRefusal = $madeByRefusal; Names = $names; Places = $places; Absent = $absent; Trashed = $trashed
            Over = $over; Selected = $selected; Pem = $pem; Given = $given.Length
            Login = @{
                Username = $again.Username; Uris = $again.Uris.Count; Fields = @($again.Fields.Name); Totp = [bool]$again.Totp; Folder = $again.Folder
                Changed = [bool]$again.PasswordRevisionDate
            }
            TableFields = $tableFields
            Card = @{ Brand = (Get-BwItem 'company card').Values.ContainsKey('brand')
                Holder = (Get-BwItem 'company card').Values['cardholderName'].RevealText() }
            Selectors = @{ Uris = @($afterSelectors.Uris); Files = @($afterSelectors.Attachments.FileName)
                Hidden = "$(($afterSelectors.Fields | Where-Object Name -EQ 'made here').Type)"
                Linked = "$(($afterSelectors.Fields | Where-Object Name -EQ 'login name').Type)" }
            MarkerShown = @(Get-SecretInfo -Vault Work | Where-Object { $_.Metadata.Fields -match '\bpowershell\b' }).Count
            MarkerRead = Get-Problem { Get-Secret 'table#powershell' -Vault Work }
            MarkerItem = @((Get-BwItem table).Fields | Where-Object Name -EQ powershell | ForEach-Object { "$($_.Type) $($_.Value.RevealText())" })
            Listed = @(Get-SecretInfo -Vault Work).Count
        }
    }
    $result = $run.Result
}

AfterAll {
    Stop-TestServer $server
}

Describe 'Set-Secret: the five types' {
    It '<Name> is a <Kind> and reads back' -TestCases @(
        @{ Name = 'a word'; Kind = 'Login'; Read = 'text:w' }
        @{ Name = 'blanks around'; Kind = 'Login'; Read = 'text:  a b  ' }
        @{ Name = 'Unicode'; Kind = 'Login'; Read = "text:ü € 😀 $([char]0x202e)x" }
        @{ Name = 'a quote and a number'; Kind = 'Login'; Read = "text:it's #1 `"x`" `$env:HOME" }
        @{ Name = 'lines'; Kind = 'SecureNote'; Read = "text:-----BEGIN-----`r`nline ü`n-----END-----`r`n" }
        @{ Name = 'SecureString'; Kind = 'Login'; Read = 'text:secure ü' }
        @{ Name = 'longest line'; Kind = 'Login'; Read = "text:$('x' * 3695)" }
        @{ Name = 'longest Unicode line'; Kind = 'Login'; Read = "text:$('ü' * 1847)x" }
        @{ Name = 'longer than a line'; Kind = 'SecureNote'; Read = "text:$('x' * 3696)" }
        @{ Name = 'longest text'; Kind = 'SecureNote'; Read = "text:$('x' * 7439)" }
        @{ Name = 'credential'; Kind = 'Login'; Read = 'credential:DOM\bob/p ü' }
        @{ Name = 'credential without'; Kind = 'Login'; Read = 'credential:bob/' }
        @{ Name = 'longest user name'; Kind = 'Login'; Read = "credential:$('u' * 687)/p" }
        @{ Name = 'bytes'; Kind = 'SecureNote'; Read = 'bytes:AAF/gP8=' }
        @{ Name = 'no bytes'; Kind = 'SecureNote'; Read = 'bytes:' }
        @{ Name = 'most bytes'; Kind = 'SecureNote'; Read = "bytes:$([Convert]::ToBase64String([byte[]](@(7) * 5577)))" }
        @{ Name = 'longest key'; Kind = 'SecureNote'; Read = "table:$('k' * 678)=text:v" }
        @{ Name = 'longest value'; Kind = 'SecureNote'; Read = "table:key=text:$('v' * 3695);raw=bytes:$([Convert]::ToBase64String([byte[]](@(1) * 2769)))" }
    ) {
        $row = $result.Round.$Name
        $row.Problem.Messages + $row.Problem.Other | Should -BeNullOrEmpty
        $row.Kind | Should -Be $Kind
        $row.Read | Should -BeExactly $Read
    }

    It 'a Hashtable keeps keys, types and empty values' {
        $row = $result.Round.table
        $row.Problem.Messages | Should -BeNullOrEmpty
        $row.Read -replace "`r`n", '|' -replace "`n", '/' | Should -BeExactly (
            'table:a b#c/d=text:odd;cred=credential:bob/p;empty=text:;lines=text:-----BEGIN-----|line ü/-----END-----|;none=bytes:;Notes=text:n;' +
            'pin=text:1234;raw=bytes:AP8=;user=text:u ü')
    }

    It 'SecretManagement fact W3: values can be wrapped' {
        $result.Round.wrapped.Read | Should -BeExactly 'table:a=text:v;b=bytes:AQI='
    }

    It 'SecretManagement fact W1: what the caller gave is still the caller''s' {
        $result.Given | Should -Be 4
    }

    It 'the listing says the type of <_>' -ForEach 'a word', 'lines', 'credential', 'bytes', 'no bytes', 'table', 'longest key' {
        $read = ($result.Round.$_.Read -split ':')[0]
        $result.Round.$_.Info | Should -Be @{ text = 'SecureString'; credential = 'PSCredential'; bytes = 'ByteArray'; table = 'Hashtable' }[$read]
    }
}

Describe 'Set-Secret: what is refused' {
    It 'SecretManagement facts 17, W2: <Id>: <Names>' -TestCases @(
        @{ Id = 'UnsupportedSecret'; Names = 'number', 'date', 'char', 'true', 'texts', 'ordered', 'object', 'one byte', 'wrapped bytes', 'nested',
            'number inside', 'null inside',
            'list inside', 'number key', 'reserved key', 'credential meets key', 'case', 'half a character', 'metadata list', 'metadata null',
                'metadata flag', 'metadata key' }
        @{ Id = 'EmptySecret'; Names = 'empty text', 'empty SecureString', 'empty credential', 'empty table', 'empty key', 'empty credential inside', '   ' }
        @{ Id = 'SecretTooLong'; Names = 'text over', 'Unicode over', 'user over', 'password over', 'bytes over', 'key over', 'value over', 'many keys' }
        @{ Id = 'InputTooLong'; Names = , ('n' * 688) }
        @{ Id = 'FolderNotFound'; Names = , 'metadata folder' }
    ) {
        foreach ($name in $Names) {
            $result.Refused.$name.Ids | Should -Be $Id -Because $name
            $result.Refused.$name.Writes | Should -Be 0 -Because $name
        }
    }

    It 'SecretManagement fact W4: bytes in a pipeline are refused with the way out' {
        $result.Refused.'piped bytes'.Ids | Should -Be 'UnsupportedSecret', 'UnsupportedSecret'
        $result.Refused.'piped bytes'.Messages[0] | Should -BeLike '*-AsByteStream -Raw*'
    }

    It 'nothing was made' {
        $result.MadeByRefusal | Should -BeNullOrEmpty
    }
}

Describe 'Set-Secret: names' {
    It 'SecretManagement fact W5: <_> is written, read at once and seen by -NoClobber' -ForEach @(
        'Work/in a folder', 'Nowhere/slash', 'c# tool', 'x*', 'a[b]', "it's", 'ends/', 'bw://Work/by%20reference', 'name (with) parts', 'semi;colon & "quote"'
    ) {
        $result.Names.$_.Problem.Messages | Should -BeNullOrEmpty
        $result.Names.$_.Read | Should -Be 'text:v'
        $result.Names.$_.NoClobber | Should -Be 'SetSecretCommandAlreadyExistsWithNoClobber'
    }

    It 'a folder that is there is a folder, everything else a name' {
        $result.Places.Folder | Should -Be 'Work'
        $result.Places.Reference | Should -Be 'Work'
        $result.Places.Slash | Should -Be 'Nowhere/slash'
        $result.Places.Literal | Should -Be 1
    }

    It '<Name> is <Id>, and nothing is made' -TestCases @(
        @{ Name = 'nobody#password'; Id = 'ItemNotFound' }
        @{ Name = 'nobody#NOTES'; Id = 'ItemNotFound' }
        @{ Name = 'nobody#field:x'; Id = 'ItemNotFound' }
        @{ Name = 'nobody#attachment:f'; Id = 'ItemNotFound' }
        @{ Name = 'nobody#uri'; Id = 'ItemNotFound' }
        @{ Name = 'bw://nobody#password'; Id = 'ItemNotFound' }
        @{ Name = 'bw://nobody%23password'; Id = 'ItemNotFound' }
        @{ Name = 'bw://Nowhere/x'; Id = 'FolderNotFound' }
        @{ Name = 'bw://'; Id = 'InvalidReference' }
        @{ Name = '11111111-2222-3333-4444-555555555555'; Id = 'ItemNotFound' }
        @{ Name = 'duplicate'; Id = 'AmbiguousName' }
        @{ Name = 'duplicate#password'; Id = 'AmbiguousName' }
        @{ Name = 'trashed#password'; Id = 'ItemNotFound' }
    ) {
        $result.Absent.$Name.Ids | Should -Be $Id
        $result.Absent.$Name.Messages | Should -Not -Match 'Leaky'
    }

    It 'an item in the trash does not stand in the way' {
        $result.Trashed.Problem.Messages | Should -BeNullOrEmpty
        $result.Trashed.Read | Should -Be 'text:v'
    }
}

Describe 'Set-Secret: an item that is there' {
    It '<Name> becomes <Read>' -TestCases @(
        @{ Name = 'prod-sql'; Read = 'credential:sql_admin/new password' }
        @{ Name = 'prod-web'; Read = 'credential:someone/else' }
        @{ Name = 'token-only'; Read = 'text:new token' }
        @{ Name = 'recovery codes'; Read = "text:new`ncodes" }
        @{ Name = 'bytes'; Read = 'bytes:CQk=' }
        @{ Name = 'a word'; Read = 'text:second' }
        @{ Name = 'lines'; Read = 'text:one line now' }
        @{ Name = 'table'; Read = 'table:cred=text:no credential now;fresh=text:f;user=text:u2' }
    ) {
        $result.Over.$Name.Problem.Messages | Should -BeNullOrEmpty
        $result.Over.$Name.Read | Should -BeExactly $Read
    }

    It '<_> is SecretTypeMismatch' -ForEach @(
        'note as table', 'note as bytes', 'note as credential', 'login as table', 'login as bytes', 'card as text', 'table as text',
            'bytes as text', 'bytes as table', 'card bytes'
    ) {
        $result.Over.$_.Problem.Ids | Should -Be 'SecretTypeMismatch'
    }

    It 'a password that does not fit, one that is hidden, and an empty one are errors' {
        $result.Over.'login too long'.Problem.Ids | Should -Be 'SecretTooLong'
        $result.Over.'org-hidden'.Problem.Ids | Should -Be 'ItemNotWritable'
        $result.Over.'card empty'.Problem.Ids | Should -Be 'EmptySecret'
    }

    It 'a login keeps what is not its password' {
        $result.Login.Username | Should -Be 'sql_admin'
        $result.Login.Uris | Should -BeGreaterThan 0
        $result.Login.Fields | Should -Be 'environment', 'api-key', 'rotated', 'login name'
        $result.Login.Totp | Should -BeTrue
        $result.Login.Folder | Should -Be 'Work'
        $result.Login.Changed | Should -BeTrue
    }

    It 'a card takes members and fields, clears with null, and keeps the rest' {
        $result.Over.'company card'.Read | Should -BeLike '*extra=text:more*number=text:4242*raw=bytes:AQI=*'
        $result.Card.Brand | Should -BeFalse
        $result.Card.Holder | Should -Not -BeNullOrEmpty
    }

    It 'of a table that is written again only what is in it is left' {
        $result.TableFields | Sort-Object | Should -Be 'cred', 'fresh', 'powershell', 'user'
    }
}

Describe 'Set-Secret: one value' {
    It '<Name> becomes <Read>' -TestCases @(
        @{ Name = 'prod-sql#username'; Read = 'text:set by selector' }
        @{ Name = 'prod-sql#notes'; Read = "text:two`nlines" }
        @{ Name = 'prod-sql#field:environment'; Read = 'text:test' }
        @{ Name = 'prod-sql#api-key'; Read = 'text:by plain name' }
        @{ Name = 'prod-sql#field:made here'; Read = 'text:m' }
        @{ Name = 'prod-sql#uri'; Read = 'text:https://first.example/' }
        @{ Name = 'company card#code'; Read = 'text:999' }
        @{ Name = 'bw://Work/prod-sql#password'; Read = 'text:by reference' }
        @{ Name = 'prod-sql#attachment:new.bin'; Read = 'bytes:AQID' }
        @{ Name = 'second file'; Read = 'bytes:BAU=' }
    ) {
        $result.Selected.$Name.Problem.Messages | Should -BeNullOrEmpty
        $result.Selected.$Name.Read | Should -BeExactly $Read
    }

    It '<Name> is <Id>' -TestCases @(
        @{ Name = 'prod-sql#nothing'; Id = 'SecretNotFound' }
        @{ Name = 'prod-sql#iban'; Id = 'SecretNotFound' }
        @{ Name = 'prod-sql#field:login name'; Id = 'SecretTypeMismatch' }
        @{ Name = 'prod-sql#field:rotated'; Id = 'InvalidItem' }
        @{ Name = 'prod-sql#field:'; Id = 'EmptySecret' }
        @{ Name = 'table#powershell'; Id = 'UnsupportedSecret' }
        @{ Name = 'prod-sql#field:PowerShell'; Id = 'UnsupportedSecret' }
        @{ Name = 'selector credential'; Id = 'SecretTypeMismatch' }
        @{ Name = 'selector table'; Id = 'SecretTypeMismatch' }
        @{ Name = 'selector bytes'; Id = 'SecretTypeMismatch' }
        @{ Name = 'file text'; Id = 'SecretTypeMismatch' }
        @{ Name = 'selector over'; Id = 'SecretTooLong' }
        @{ Name = 'selector empty'; Id = 'EmptySecret' }
        @{ Name = 'bytes#notes'; Id = 'SecretTypeMismatch' }
    ) {
        $result.Selected.$Name.Problem.Ids | Should -Be $Id
        $result.Selected.$Name.Problem.Messages | Should -Not -Match 'Leaky'
    }

    It 'the rest of the item stays: other addresses, links, one file for one name' {
        $result.Selectors.Uris.Count | Should -Be $result.Login.Uris
        $result.Selectors.Files | Should -Be 'new.bin'
        $result.Selectors.Hidden | Should -Be 'Hidden'
        $result.Selectors.Linked | Should -Be 'Linked'
    }
}

Describe 'Set-Secret: the marker' {
    It 'is a field for Get-BwItem, and nothing for Get-Secret and Get-SecretInfo' {
        $result.MarkerItem | Should -Be 'Text {"type":"Hashtable","own":["cred","fresh","user"]}'
        $result.MarkerShown | Should -Be 0
        $result.MarkerRead.Messages | Should -BeLike "The item 'table' has no 'powershell'*"
    }

    It 'every row of the listing is there' {
        $result.Listed | Should -BeGreaterThan 40
    }

    It 'nothing is printed, and no secret is in an error' {
        $run.Output | Should -BeNullOrEmpty
        $run.ErrorOutput | Should -BeNullOrEmpty
    }
}
