# Properties and columns: what goes where, what is made, and what is never dropped in silence.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $sent = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue'; Wait = $true }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'A property that the table lacks' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'is named in one warning, however many objects have it' {
        $null = 1..50 | ForEach-Object { [pscustomobject]@{ Id = $_; Colour = 'red' } } | Send-AdxData $table @sent
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*Colour*'
        (Invoke-AdxQuery "$table | count").Count | Should -Be 50
    }

    It 'is named when it first appears in a later object' {
        $null = 1..50 | ForEach-Object { $_ -lt 30 ? [pscustomobject]@{ Id = $_ } : [pscustomobject]@{ Id = $_; Colour = 'red' } } | Send-AdxData $table @sent
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*Colour*'
    }

    It 'is named when a later dictionary brings it, however late' {
        $null = 1..3000 | ForEach-Object { $_ -ne 2500 ? @{ Id = $_ } : @{ Id = $_; Colour = 'red' } } | Send-AdxData $table @sent
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*Colour*'
    }

    It 'is named when an object of another type brings it' {
        $null = [pscustomobject]@{ Id = 1 }, @{ Id = 2; Colour = 'red' }, [pscustomobject]@{ Id = 3; Colour = 'red' } | Send-AdxData $table @sent
        $warnings | Should -HaveCount 1
    }

    It 'is an error with -WarningAction Stop, and then nothing is sent' {
        Get-Failure { [pscustomobject]@{ Id = 1; Colour = 'red' } | Send-AdxData $table -WarningAction Stop } | Should -Not -BeNullOrEmpty
        (Invoke-AdxQuery "$table | count").Count | Should -Be 0
        Get-LocalBlob | Should -BeNullOrEmpty
    }

    It 'is no warning where case alone differs' {
        $null = [pscustomobject]@{ ID = 1; name = 'x' } | Send-AdxData $table @sent
        $warnings | Should -BeNullOrEmpty
        (Invoke-AdxQuery $table).Name | Should -BeExactly 'x'
    }
}

Describe 'An object that is no row of the table' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'is an error of its own, and the rest arrives: <_>' -ForEach '42', '''text''', '[pscustomobject]@{ Other = 1 }', '@{}' {
        $odd = & ([scriptblock]::Create($_))
        $ingestion = @{ Id = 1 }, $odd, @{ Id = 2 } | Send-AdxData $table -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxInputNotRow,*'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $ingestion.Rows | Should -Be 2
        (Invoke-AdxQuery "$table | sort by Id asc").Id | Should -Be 1, 2
    }
}

Describe '-Column' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string', 'Value:real'
        $full = [pscustomobject]@{ Id = 1; Name = 'Ada'; Value = 1.5; Other = 'x' }
    }

    It 'sends these and nothing else, and does not warn of what one left out' {
        $null = $full | Send-AdxData $table -Column id, Value @sent
        $row = Invoke-AdxQuery $table
        $row.Id | Should -Be 1
        $row.Value | Should -Be 1.5
        $row.Name | Should -BeExactly ''
        $warnings | Should -BeNullOrEmpty
    }

    It 'does so for a data reader too' {
        $data = [System.Data.DataTable]::new()
        'Id', 'Name', 'Value' | ForEach-Object { $null = $data.Columns.Add($_, [object]) }
        $null = $data.Rows.Add(1, 'Ada', 1.5)
        $null = Send-AdxData $table -DataReader $data.CreateDataReader() -Column Id @sent
        (Invoke-AdxQuery $table).Name | Should -BeExactly ''
        $warnings | Should -BeNullOrEmpty
    }

    It 'refuses a column that the table lacks, naming those it has' {
        $failure = Get-Failure { $full | Send-AdxData $table -Column Id, Colour }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxColumnNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.Exception.Message | Should -BeLike '*Colour*Id, Name, Value*'
        (Invoke-AdxQuery "$table | count").Count | Should -Be 0
    }

    It 'chooses the columns of a table that is made' {
        $null = $full | Send-AdxData "Made$table" -CreateTable -Column Id, Other @sent
        (Get-AdxTable "Made$table").Columns.Name | Should -BeExactly 'Id', 'Other'
    }
}

Describe '-CreateTable' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
    }

    It 'makes the table of the first object and sends all' {
        $null = 1..3 | ForEach-Object { [pscustomobject]@{ Id = $_; At = [datetime]::UtcNow; Ratio = $_ / 2; Text = 't'; Tags = 'a', 'b' } } |
            Send-AdxData $table -CreateTable -Wait
        (Get-AdxTable $table).Columns.Type | Should -Be 'Long', 'DateTime', 'Real', 'String', 'Dynamic'
        (Invoke-AdxQuery "$table | count").Count | Should -Be 3
    }

    It 'makes the table of a reader''s columns' {
        $data = [System.Data.DataTable]::new()
        $null = $data.Columns.Add('Id', [int])
        $null = $data.Columns.Add('At', [datetime])
        $null = $data.Rows.Add(1, [datetime]::UtcNow)
        $null = Send-AdxData $table -DataReader $data.CreateDataReader() -CreateTable -Wait
        (Get-AdxTable $table).Columns.Type | Should -Be 'Long', 'DateTime'
    }

    It 'takes live objects, with one warning for what is left out' {
        $null = Get-Process -Id $PID | Send-AdxData $table -CreateTable @sent
        $warnings | Should -HaveCount 1
        (Invoke-AdxQuery "$table | project Id, ProcessName").Id | Should -Be $PID
    }

    It 'leaves a table that is there as it is' {
        $null = New-AdxTable $table 'Id:string'
        $null = [pscustomobject]@{ Id = 1 } | Send-AdxData $table -CreateTable -Wait
        (Get-AdxTable $table).Columns.Type | Should -Be 'String'
        (Invoke-AdxQuery $table).Id | Should -BeExactly '1'
    }

    It 'makes nothing of an empty pipeline' {
        (@() | Send-AdxData $table -CreateTable).Status | Should -Be 'Empty'
        Get-AdxTable "$table*" | Should -BeNullOrEmpty
    }

    It 'makes nothing of what has no columns' {
        $null = 42 | Send-AdxData $table -CreateTable -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxInputNotRow,*'
        Get-AdxTable "$table*" | Should -BeNullOrEmpty
    }
}

Describe 'The name <_>' -ForEach 'it.s - x', 'where', 'a b', '1day', "d`u{ED}a-`u{65E5}`u{672C}" {
    It 'works for a table and its columns' {
        $name = $_
        $null = New-AdxTable $name ([ordered]@{ $name = 'long'; Plain = 'string' }) -Merge
        $ingestion = 1..2 | ForEach-Object { [pscustomobject]@{ $name = $_; Plain = 'x' } } | Send-AdxData $name -Wait
        $ingestion.Status | Should -Be 'Succeeded'
        $quoted = "['" + $name.Replace('\', '\\').Replace("'", "\'") + "']"
        @((Invoke-AdxQuery $quoted).$name | Sort-Object) | Should -Be 1, 2
        (Get-AdxIngestion -Id $ingestion.Id).Status | Should -Be 'Succeeded'
    }

    It 'works for a table that is made of objects' {
        $null = [pscustomobject]@{ $_ = 1 } | Send-AdxData "made $_" -CreateTable -Wait
        (Get-AdxTable "made $_").Columns.Name | Should -BeExactly $_
    }
}
